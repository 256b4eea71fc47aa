frappe.listview_settings["Training Session"] = {
	add_fields: ["status", "ends_at"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.status === "Planned" && doc.ends_at < frappe.datetime.now_datetime()) {
			return [__("Attendance open"), "orange", "status,=,Planned"];
		}
		const colours = { Planned: "blue", Held: "green", Cancelled: "darkgrey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
