frappe.listview_settings["Matching Session"] = {
	add_fields: ["status", "held_on"],
	get_indicator(doc) {
		if (doc.status === "Planned" && doc.held_on < frappe.datetime.now_datetime()) {
			return [__("Attendance open"), "orange", "status,=,Planned"];
		}
		const colours = { Planned: "blue", Held: "orange", Settled: "green", "Called off": "darkgrey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
