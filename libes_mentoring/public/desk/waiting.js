// Days of waiting in a list: the day is what is stored and sorted by, the figure is what is read.

function days_waited(since) {
	if (!since) return "";
	const days = frappe.datetime.get_day_diff(frappe.datetime.get_today(), since);
	if (days <= 0) return __("waiting since today");
	return days === 1 ? __("waiting for 1 day") : __("waiting for {0} days", [days]);
}

function show_days_waited(doctype) {
	const field = frappe.meta.get_docfield(doctype, "waiting_since");
	if (field) field.formatter = days_waited;
}
