{% include "libes_mentoring/public/desk/forms.js" %}

frappe.ui.form.on("Mentoring Programme", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frappe.model.can_create("Match")) {
			frm.add_custom_button(__("Match the waiting"), () => frappe.set_route("match-pool", frm.doc.name));
		}
		if (frappe.model.can_print("Mentoring Programme", frm)) {
			frm.add_custom_button(__("Print role description"), () => open_paper(frm, "Role Description"));
		}
	},
});
