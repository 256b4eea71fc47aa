frappe.query_reports["Continuing Training"] = {
	filters: [
		{
			fieldname: "year",
			label: __("Year"),
			fieldtype: "Int",
			default: Number.parseInt(frappe.datetime.get_today().slice(0, 4), 10),
		},
		{ fieldname: "programme", label: __("Programme"), fieldtype: "Link", options: "Mentoring Programme" },
		{ fieldname: "only_below", label: __("Only who is short of hours"), fieldtype: "Check", default: 1 },
	],
};
