// The mentees whom a mentor would suit best: for coordinators, on the mentor's form.

function add_suggest_mentees(frm) {
	if (frm.doc.stage !== "Available" || !may_write(frm) || !frappe.model.can_create("Match")) return;
	frm.add_custom_button(__("Suggest mentees"), () => suggest_mentees(frm));
}

async function suggest_mentees(frm) {
	if (!(await saved(frm))) return;
	const mentor = frm.doc.name;
	const found = await act("libes_mentoring.mentor_matching.suggestions.suggest_mentees", { mentor });
	const words = {
		none_yet: __("No mentee can be suggested yet:"),
		nobody: __("Nobody waits for a mentor in this programme at the moment."),
		none_fits: __("Mentees looked at: {0}. None of them fits what was wished, refused and agreed.", [found.looked_at]),
		found: __("Mentees looked at: {0}. The best come first.", [found.looked_at]),
	};
	const html = suggestion_list_html(found, words, (row) =>
		suggestion_card_html(row, { key: row.mentee, title: row.mentee, under: waiting_words(row.waiting) })
	);
	show_suggestions(__("Mentees for {0}", [frappe.utils.escape_html(found.mentor_name)]), html, (dialog, mentee) =>
		ask_and_match(dialog, { mentee, mentor, mentor_name: found.mentor_name })
	);
}

function waiting_words(days) {
	if (days === null || days === undefined) return __("Waiting: not known since when");
	if (!days) return __("Waiting since today");
	return days === 1 ? __("Waiting for 1 day") : __("Waiting for {0} days", [days]);
}
