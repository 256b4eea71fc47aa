{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/wellbeing.js" %}

frappe.ui.form.on("Mentor Wellbeing Note", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		frm.add_custom_button(__("Mentor"), () => frappe.set_route("Form", "Mentor", frm.doc.mentor));
		if (frm.doc.status !== "Quiet flag") return;
		frm.set_intro(__("Quiet flag: talk about how they are."), "orange");
		if (may_write(frm)) {
			frm.add_custom_button(__("We have talked about it"), () =>
				talked_about_it(frm.doc.mentor, () => frm.reload_doc())
			).addClass("btn-primary");
		}
	},
});
