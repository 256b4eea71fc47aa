{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/match_weights.js" %}

frappe.ui.form.on("Mentoring Programme", {
	refresh(frm) {
		show_weights(frm);
		show_missing_distances(frm);
		if (frm.is_new()) return;
		if (frappe.model.can_print("Mentoring Programme", frm)) {
			frm.add_custom_button(__("Print role description"), () => open_paper(frm, "Role Description"));
		}
	},

	minimum_commitment_months: show_shares,
});

// What rests, and what counts again, changes with the data that the programme keeps.
frappe.ui.form.on("Programme District Distance", {
	district_distances_add: show_shares,
	district_distances_remove: show_shares,
});

frappe.ui.form.on("Programme Kind Preference", {
	kind_preferences_add: show_shares,
	kind_preferences_remove: show_shares,
});
