{% include "libes_mentoring/public/desk/forms.js" %}

const EXPENSES = "libes_mentoring.mentor_support.expenses";

frappe.ui.form.on("Mentor Expense", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		show_state(frm);
		if (frm.doc.receipt) {
			frm.add_custom_button(__("Receipt"), () => window.open(frm.doc.receipt, "_blank", "noopener"));
		}
		if (frm.doc.status !== "Sent" || !may_write(frm)) return;
		frm.add_custom_button(__("Approve"), () => run(frm, "approve")).addClass("btn-primary");
		frm.add_custom_button(__("Send back"), () =>
			with_note(frm, "send_back", __("What is missing?"), __("Send back"))
		);
		frm.add_custom_button(__("Refuse"), () => with_note(frm, "refuse", __("Why not?"), __("Refuse")));
	},
});

function show_state(frm) {
	const { status, payment_batch } = frm.doc;
	const states = {
		Sent: [__("Please look at the claim and its receipt, then approve it or send it back."), "orange"],
		"Sent back": [__("Waiting for the mentor to send it again."), "blue"],
		Approved: payment_batch
			? [__("Approved, and in payment list {0}.", [payment_batch]), "blue"]
			: [__("Approved. It is paid with the next payment list."), "blue"],
		Paid: [__("Paid on {0}.", [frappe.datetime.str_to_user(frm.doc.paid_on)]), "green"],
	};
	if (states[status]) frm.set_intro(...states[status]);
}

async function run(frm, method, args = {}) {
	await act(`${EXPENSES}.${method}`, { expense: frm.doc.name, ...args });
	frm.reload_doc();
}

function with_note(frm, method, label, button) {
	frappe.prompt(
		[
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label,
				description: __("The mentor reads this."),
				reqd: 1,
			},
		],
		(values) => run(frm, method, values),
		button,
		button
	);
}
