frappe.listview_settings["Training Attendance"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Invited: "gray", "Signed up": "blue", Attended: "green", Absent: "red", Excused: "orange" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
