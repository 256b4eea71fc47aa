frappe.query_reports["Partner Overview"] = { filters: [] };
