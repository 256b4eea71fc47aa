{% include "libes_mentoring/public/desk/forms.js" %}

frappe.ui.form.on("Screening Waiver", {
	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(
				__("The waiver ends by itself. It is never changed; it can be revoked at any time."),
				"blue"
			);
			return;
		}
		// What was granted stands as it was granted.
		frm.disable_form();
		if (frm.doc.revoked_on) {
			frm.set_intro(__("Revoked. The step is open again."), "red");
		} else if (frm.doc.valid_until < frappe.datetime.get_today()) {
			frm.set_intro(__("Over. The step is open again."), "orange");
		} else {
			frm.set_intro(
				__("The step is waived until {0}.", [frappe.datetime.str_to_user(frm.doc.valid_until)]),
				"green"
			);
			if (may_write(frm)) frm.add_custom_button(__("Revoke"), () => revoke(frm));
		}
	},
});

function revoke(frm) {
	frappe.confirm(__("Revoke this waiver? The step is open again at once."), async () => {
		await act("libes_mentoring.mentor_recruitment.waivers.revoke", { waiver: frm.doc.name });
		frm.reload_doc();
	});
}
