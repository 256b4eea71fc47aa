{% include "libes_mentoring/public/desk/forms.js" %}

const PAYMENTS = "libes_mentoring.mentor_support.expense_payments";

frappe.ui.form.on("Mentor Expense Batch", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		frm.add_custom_button(__("Claims"), () =>
			frappe.set_route("List", "Mentor Expense", { payment_batch: frm.doc.name })
		);
		for (const file_type of ["xlsx", "csv"]) {
			frm.add_custom_button(__("Download {0}", [file_type.toUpperCase()]), () => download(frm, file_type));
		}
		if (frm.doc.status === "Paid") {
			frm.set_intro(__("Paid on {0}.", [frappe.datetime.str_to_user(frm.doc.paid_on)]), "green");
			return;
		}
		frm.set_intro(__("Download the list, pay what is in it, and mark it as paid."), "blue");
		if (!may_write(frm)) return;
		if (frm.doc.__onload && frm.doc.__onload.erpnext) {
			frm.add_custom_button(__("Draft in ERPNext"), () => draft(frm));
		}
		frm.add_custom_button(__("Mark as paid"), () => mark_as_paid(frm)).addClass("btn-primary");
	},
});

function download(frm, file_type) {
	const query = $.param({ batch: frm.doc.name, file_type });
	window.open(frappe.urllib.get_full_url(`/api/method/${PAYMENTS}.download?${query}`), "_blank");
}

function mark_as_paid(frm) {
	frappe.prompt(
		[
			{
				fieldname: "paid_on",
				fieldtype: "Date",
				label: __("Paid on"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
			{ fieldname: "reference", fieldtype: "Data", label: __("Payment reference") },
		],
		async (values) => {
			await act(`${PAYMENTS}.mark_paid`, { batch: frm.doc.name, ...values });
			frm.reload_doc();
		},
		__("Mark as paid"),
		__("Mark as paid")
	);
}

function draft(frm) {
	const account = (fieldname, label) => ({ fieldname, fieldtype: "Link", options: "Account", label, reqd: 1 });
	frappe.prompt(
		[
			{ fieldname: "company", fieldtype: "Link", options: "Company", label: __("Company"), reqd: 1 },
			account("expense_account", __("Expense account")),
			account("payable_account", __("Account that owes the money")),
		],
		async (values) => {
			const made = await act(`${PAYMENTS}.draft_in_erpnext`, { batch: frm.doc.name, ...values });
			frappe.msgprint(__("Drafts made in ERPNext: {0}", [made.join(", ")]));
			frm.reload_doc();
		},
		__("Draft in ERPNext"),
		__("Make the draft")
	);
}
