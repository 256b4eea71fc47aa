frappe.query_reports["Recruitment Channels"] = {
	filters: [
		{ fieldname: "programme", label: __("Programme"), fieldtype: "Link", options: "Mentoring Programme" },
		{ fieldname: "from_date", label: __("Applied from"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Applied until"), fieldtype: "Date" },
	],
};
