{% include "libes_mentoring/public/desk/forms.js" %}

frappe.ui.form.on("Screening Waiver", {
	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) {
			frm.set_intro(__("A manager decides. The waiver ends by itself and can be revoked at any time."), "blue");
			return;
		}
		// What was asked for stands as it was asked for.
		frm.disable_form();
		const [words, colour] = state_of(frm.doc);
		frm.set_intro(words, colour);
		if (!frappe.user.has_role("Mentoring Manager")) return;
		if (frm.doc.status === "Asked for") {
			frm.add_custom_button(__("Grant"), () => decide(frm, "grant")).addClass("btn-primary");
			frm.add_custom_button(__("Decline"), () => decide(frm, "decline"));
		}
		if (frm.doc.status === "Granted") frm.add_custom_button(__("Revoke"), () => decide(frm, "revoke"));
	},
});

function state_of(doc) {
	const until = frappe.datetime.str_to_user(doc.valid_until);
	if (doc.status === "Asked for") return [__("A manager decides whether the step may be missing."), "orange"];
	if (doc.status === "Declined") return [__("Declined. The step is open."), "red"];
	if (doc.status === "Revoked") return [__("Revoked. The step is open again."), "red"];
	if (doc.valid_until < frappe.datetime.get_today()) return [__("Over. The step is open again."), "orange"];
	return [__("The step is waived until {0}.", [until]), "green"];
}

function decide(frm, what) {
	const step = __(frm.doc.step).bold();
	const until = frappe.datetime.str_to_user(frm.doc.valid_until);
	const questions = {
		grant: __("Let the step {0} be missing until {1}?", [step, until]),
		decline: __("Decline this waiver? The step {0} stays open.", [step]),
		revoke: __("Revoke this waiver? The step {0} is open again at once.", [step]),
	};
	frappe.confirm(questions[what], async () => {
		await act(`libes_mentoring.mentor_recruitment.waivers.${what}`, { waiver: frm.doc.name });
		frm.reload_doc();
	});
}
