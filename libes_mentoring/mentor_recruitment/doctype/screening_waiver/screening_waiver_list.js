frappe.listview_settings["Screening Waiver"] = {
	add_fields: ["valid_until", "status"],
	get_indicator(doc) {
		if (doc.status === "Granted" && doc.valid_until < frappe.datetime.get_today()) {
			return [__("Over"), "gray", `status,=,Granted|valid_until,<,${frappe.datetime.get_today()}`];
		}
		const colours = { "Asked for": "orange", Granted: "green", Declined: "red", Revoked: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
