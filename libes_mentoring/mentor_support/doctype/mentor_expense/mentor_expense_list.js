frappe.listview_settings["Mentor Expense"] = {
	add_fields: ["payment_batch"],
	// The list starts with what waits for a decision.
	filters: [["status", "=", "Sent"]],
	hide_name_column: false,
	onload(list) {
		if (!frappe.model.can_write("Mentor Expense Batch")) return;
		list.page.add_inner_button(__("Make a payment list"), make_payment_list);
	},
	get_indicator(doc) {
		const colours = { Sent: "orange", "Sent back": "yellow", Approved: "blue", Refused: "darkgrey", Paid: "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};

function make_payment_list() {
	frappe.prompt(
		[
			{
				fieldname: "programme",
				fieldtype: "Link",
				options: "Mentoring Programme",
				label: __("Programme"),
				description: __("All approved claims that are in no payment list yet go into a new one."),
				reqd: 1,
			},
		],
		async ({ programme }) => {
			const { message } = await frappe.call({
				method: "libes_mentoring.mentor_support.expense_payments.make",
				args: { programme },
				type: "POST",
				freeze: true,
			});
			frappe.set_route("Form", "Mentor Expense Batch", message.batch);
		},
		__("Make a payment list"),
		__("Make")
	);
}
