{% include "libes_mentoring/public/desk/forms.js" %}

frappe.ui.form.on("Mentee Consent", {
	onload_post_render(frm) {
		assume_nothing(frm, "language");
	},
});
