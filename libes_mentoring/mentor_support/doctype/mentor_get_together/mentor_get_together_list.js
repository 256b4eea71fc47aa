frappe.listview_settings["Mentor Get-together"] = {
	add_fields: ["starts_at"],
	get_indicator(doc) {
		if (doc.status === "Cancelled") return [__("Cancelled"), "darkgrey", "status,=,Cancelled"];
		return doc.starts_at > frappe.datetime.now_datetime()
			? [__("Planned"), "blue", "status,=,Planned"]
			: [__("Over"), "green", "status,=,Planned"];
	},
};
