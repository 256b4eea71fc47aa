frappe.listview_settings["CheckIn"] = {
	add_fields: ["due_on"],
	// The list starts with what is still to be done.
	filters: [["status", "=", "Due"]],
	get_indicator(doc) {
		if (doc.status === "Done") return [__("Done"), "green", "status,=,Done"];
		if (doc.status === "Cancelled") return [__("Cancelled"), "darkgrey", "status,=,Cancelled"];
		const today = frappe.datetime.get_today();
		if (doc.due_on < today) return [__("Late"), "red", `status,=,Due|due_on,<,${today}`];
		return [__("Due"), "blue", `status,=,Due|due_on,>=,${today}`];
	},
};
