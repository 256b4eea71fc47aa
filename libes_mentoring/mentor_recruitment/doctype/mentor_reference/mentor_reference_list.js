frappe.listview_settings["Mentor Reference"] = {
	hide_name_column: true,
	add_fields: ["status", "handed_over_on"],
	get_indicator(doc) {
		if (doc.status === "Asked" && doc.handed_over_on) return [__("No answer"), "red", "handed_over_on,is,set|status,=,Asked"];
		const colours = { "To be asked": "orange", Asked: "blue", Received: "orange", Accepted: "green", "Not accepted": "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
