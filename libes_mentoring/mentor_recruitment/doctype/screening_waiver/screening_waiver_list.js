frappe.listview_settings["Screening Waiver"] = {
	add_fields: ["valid_until", "revoked_on"],
	get_indicator(doc) {
		if (doc.revoked_on) return [__("Revoked"), "red", "revoked_on,is,set"];
		const today = frappe.datetime.get_today();
		return doc.valid_until < today
			? [__("Over"), "gray", `valid_until,<,${today}`]
			: [__("In force"), "green", `valid_until,>=,${today}|revoked_on,is,not set`];
	},
};
