frappe.listview_settings["Match"] = {
	add_fields: ["stage", "meeting_expected_by"],
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (["Initiation", "Growth and maintenance"].includes(doc.stage) && doc.meeting_expected_by < today) {
			const late = doc.stage === "Initiation" ? __("First meeting late") : __("No meeting for long");
			if (doc.meeting_expected_by) return [late, "red", `stage,=,${doc.stage}|meeting_expected_by,<,${today}`];
		}
		const colours = {
			Contemplation: "gray",
			Initiation: "yellow",
			"Growth and maintenance": "green",
			Closure: "orange",
			Closed: "darkgrey",
		};
		return [__(doc.stage), colours[doc.stage], `stage,=,${doc.stage}`];
	},
};
