{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/getting_to_know.js" %}

frappe.ui.form.on("Mentor", {
	onload_post_render(frm) {
		assume_nothing(frm, "nationality");
	},

	refresh(frm) {
		show_next_step(frm);
		getting_to_know_buttons(frm);
		if (frm.is_new()) return;
		if (may_write(frm) && ["Screening", "Available", "Paused"].includes(frm.doc.stage) && !frm.doc.user) {
			frm.add_custom_button(__("Invite to the portal"), () => invite(frm));
		}
		if (frappe.model.can_create("Screening Waiver") && frm.doc.stage !== "Left") {
			frm.add_custom_button(__("Ask for a waiver"), () =>
				frappe.new_doc("Screening Waiver", { mentor: frm.doc.name })
			);
		}
		if (may_write(frm) && frm.doc.record_check_outcome === "To be discussed") {
			frm.add_custom_button(__("Record check: who decides"), () => open_review(frm));
		}
		if (frappe.model.can_read("Match")) {
			frm.add_custom_button(__("Matches"), () =>
				frappe.set_route("List", "Match", { mentor: frm.doc.name })
			);
		}
	},
});

frappe.ui.form.on("Mentoring Language Skill", { languages_add: assume_no_language });

async function open_review(frm) {
	const mentor = frm.doc.name;
	const filters = { mentor, status: ["!=", "Completed"] };
	const { message } = await frappe.db.get_value("Record Check Review", filters, "name");
	if (message && message.name) frappe.set_route("Form", "Record Check Review", message.name);
	else frappe.set_route("List", "Record Check Review", { mentor });
}

async function invite(frm) {
	if (!(await saved(frm))) return;
	frappe.confirm(
		__("Open an account on the portal for {0}, with the e-mail address {1}?", [
			frappe.utils.escape_html(frm.doc.full_name).bold(),
			frappe.utils.escape_html(frm.doc.email || __("(none)")),
		]),
		async () => {
			const user = await act("libes_mentoring.mentor_recruitment.portal_account.invite", {
				mentor: frm.doc.name,
			});
			frappe.show_alert({ message: __("{0} can now use the portal.", [user]), indicator: "green" });
			frm.reload_doc();
		}
	);
}
