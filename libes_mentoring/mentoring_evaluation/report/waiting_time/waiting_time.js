frappe.query_reports["Waiting Time"] = {
	filters: [
		{ fieldname: "programme", label: __("Programme"), fieldtype: "Link", options: "Mentoring Programme" },
		{ fieldname: "from_date", label: __("Matched from"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Matched until"), fieldtype: "Date" },
		{ fieldname: "by_gender", label: __("By gender"), fieldtype: "Check" },
	],
};
