frappe.listview_settings["Case File Access"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["how"],
	// How a file was seen; what needs a look stands out.
	get_indicator({ how }) {
		const colours = { Opened: "gray", Printed: "orange", Listed: "gray", Exported: "orange" };
		return [__(how), colours[how] || "red", `how,=,${how}`];
	},
};
