{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/candidates.js" %}

frappe.ui.form.on("Candidate Refusal", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.lifted_on) return;
		// "May do harm" is a manager's to lift, who reads no mentors and begins from here.
		const by_manager = frappe.user.has_role("Mentoring Manager");
		const by_coordinator = frm.doc.reason !== "May do harm" && frappe.model.can_write("Mentor");
		if (by_manager || by_coordinator) {
			frm.add_custom_button(__("Lift the decision"), () => lift_refusal(frm, frm.doc.mentor));
		}
	},
});
