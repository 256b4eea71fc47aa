frappe.listview_settings["Mentor Expense Batch"] = {
	hide_name_column: false,
	get_indicator(doc) {
		const colour = doc.status === "Paid" ? "green" : "orange";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
