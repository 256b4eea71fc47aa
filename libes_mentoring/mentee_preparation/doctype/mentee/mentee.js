{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/break_glass.js" %}
{% include "libes_mentoring/public/desk/suggestion_cards.js" %}
{% include "libes_mentoring/public/desk/choosing.js" %}

frappe.ui.form.on("Mentee", {
	onload_post_render(frm) {
		assume_nothing(frm, "nationality");
	},

	refresh(frm) {
		show_next_step(frm);
		if (frm.is_new()) return;
		// A button is there for whoever may do what it does; the server asks again.
		if (may_write(frm) && frappe.model.can_create("Match")) {
			const $button = frm.add_custom_button(__("Suggest mentors"), () => suggest_mentors(frm));
			$button.toggleClass("btn-primary", frm.doc.status === "Ready");
		}
		if (frappe.model.can_create("Mentee Case File")) {
			frm.add_custom_button(__("Case file"), () => open_case_file(frm));
		}
		add_break_glass_button(frm);
		if (frm.doc.status === "Ready") add_choice_buttons(frm);
		if (frappe.model.can_create("Mentee Consent")) add_consent_buttons(frm);
	},
});

frappe.ui.form.on("Mentoring Language Skill", { languages_add: assume_no_language });

async function open_case_file(frm) {
	const mentee = frm.doc.name;
	const { message } = await frappe.db.get_value("Mentee Case File", { mentee }, "name");
	if (message && message.name) frappe.set_route("Form", "Mentee Case File", message.name);
	else frappe.new_doc("Mentee Case File", { mentee });
}

async function add_consent_buttons(frm) {
	const mentee = frm.doc.name;
	frm.add_custom_button(
		__("Record consent"),
		() =>
			frappe.new_doc("Mentee Consent", {
				mentee,
				taken_by: frappe.session.user,
				given_on: frappe.datetime.get_today(),
			}),
		__("Consent")
	);
	frm.add_custom_button(
		__("See consents"),
		() => frappe.set_route("List", "Mentee Consent", { mentee }),
		__("Consent")
	);
	const given = await frappe.db.count("Mentee Consent", { filters: { mentee, status: "Given" } });
	if (!given || frm.doc.name !== mentee || !may_write(frm)) return;
	// Beside the menu, not in it: two clicks are enough.
	frm.add_custom_button(__("Withdraw consent"), () => withdraw_consent(frm));
}

function withdraw_consent(frm) {
	frappe.confirm(
		__("Withdraw the consent of {0}? It takes effect at once, and no reason is needed.", [
			frm.doc.name,
		]),
		async () => {
			await act("libes_mentoring.mentee_preparation.consent.withdraw", { mentee: frm.doc.name });
			frm.reload_doc();
		}
	);
}

async function suggest_mentors(frm) {
	if (!(await saved(frm))) return;
	const mentee = frm.doc.name;
	const found = await act("libes_mentoring.mentor_matching.suggestions.suggest_mentors", { mentee });
	const words = {
		none_yet: __("No mentor can be suggested yet:"),
		nobody: __("The programme has no available mentor at the moment."),
		none_fits: __("Mentors looked at: {0}. None of them fits what was wished, refused and agreed.", [found.looked_at]),
		found: __("Mentors looked at: {0}. The best come first.", [found.looked_at]),
	};
	const html = suggestion_list_html(found, words, (row) =>
		suggestion_card_html(row, { key: row.mentor, title: row.mentor_name, under: row.mentor })
	);
	show_suggestions(__("Mentors for {0}", [mentee]), html, (dialog, mentor, mentor_name) =>
		ask_and_match(dialog, { mentee, mentor, mentor_name })
	);
}
