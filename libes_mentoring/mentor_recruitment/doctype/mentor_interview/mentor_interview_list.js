frappe.listview_settings["Mentor Interview"] = {
	hide_name_column: true,
	add_fields: ["status", "outcome", "held_on"],
	get_indicator(doc) {
		if (doc.status === "Decided") {
			const good = ["Suitable", "Suitable with conditions"].includes(doc.outcome);
			return [__(doc.outcome), good ? "green" : "red", `outcome,=,${doc.outcome}`];
		}
		if (doc.status === "Called off") return [__("Called off"), "gray", "status,=,Called off"];
		if (doc.held_on < frappe.datetime.now_datetime()) return [__("To be decided on"), "orange", "status,=,Planned"];
		return [__("Planned"), "blue", "status,=,Planned"];
	},
};
