{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/mentor_papers.js" %}
{% include "libes_mentoring/public/desk/training_plan.js" %}
{% include "libes_mentoring/public/desk/candidates.js" %}
{% include "libes_mentoring/public/desk/wellbeing.js" %}
{% include "libes_mentoring/public/desk/getting_to_know.js" %}
{% include "libes_mentoring/public/desk/suggestion_cards.js" %}
{% include "libes_mentoring/public/desk/suggest_mentees.js" %}

frappe.ui.form.on("Mentor", {
	onload_post_render(frm) {
		assume_nothing(frm, "nationality");
	},

	refresh(frm) {
		show_next_step(frm);
		candidate_buttons(frm);
		getting_to_know_buttons(frm);
		if (frm.is_new()) return;
		if (may_write(frm) && ["Screening", "Available", "Paused"].includes(frm.doc.stage) && !frm.doc.user) {
			frm.add_custom_button(__("Invite to the portal"), () => invite(frm));
		}
		if (frappe.model.can_create("Screening Waiver") && frm.doc.stage !== "Left") {
			frm.add_custom_button(
				__("Ask for a waiver"),
				() => frappe.new_doc("Screening Waiver", { mentor: frm.doc.name }),
				__("Screening")
			);
		}
		if (may_write(frm) && frm.doc.record_check_outcome === "To be discussed") {
			frm.add_custom_button(__("Record check: who decides"), () => open_review(frm), __("Screening"));
		}
		if (frappe.model.can_read("Training Attendance")) {
			frm.add_custom_button(__("Training"), () => show_training(frm), __("Screening"));
		}
		care_for(frm);
		add_suggest_mentees(frm);
		if (frappe.model.can_read("Match")) {
			frm.add_custom_button(__("Matches"), () =>
				frappe.set_route("List", "Match", { mentor: frm.doc.name })
			);
		}
		add_papers(frm);
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

/* Pause and return, and how the mentor is. A quiet flag is shown to coordinators alone: the server names none to others. */
function care_for(frm) {
	if (!may_write(frm)) return;
	const { name, stage } = frm.doc;
	if (stage === "Paused") {
		frm.add_custom_button(__("Back from the pause"), () => end_pause(frm)).addClass("btn-primary");
	} else if (["Screening", "Available"].includes(stage)) {
		frm.add_custom_button(__("Pause"), () => pause(frm), __("Care"));
	}
	if (!may_note_wellbeing() || stage === "Left") return;
	frm.add_custom_button(__("How are they?"), () => ask_wellbeing({ mentor: name }, () => frm.reload_doc()), __("Care"));
	frappe.xcall("libes_mentoring.mentor_support.wellbeing.flagged_mentors").then((flagged) => {
		// The answer may come when another record is already on the screen.
		if (frm.doc.name !== name || !flagged.includes(name)) return;
		frm.set_intro(__("Quiet flag: talk about how they are."), "orange");
		frm.add_custom_button(__("We have talked about it"), () =>
			talked_about_it(name, () => frm.reload_doc()), __("Care")
		);
	});
}

async function pause(frm) {
	if (!(await saved(frm))) return;
	frappe.prompt(
		[
			{
				fieldname: "until",
				fieldtype: "Date",
				label: __("Until"),
				description: __("Left empty where the mentor does not know yet. No reason is needed."),
			},
		],
		async ({ until }) => {
			await act("libes_mentoring.mentor_support.pausing.set_pause", { mentor: frm.doc.name, until: until || "" });
			frm.reload_doc();
		},
		__("A pause, without any penalty"),
		__("Pause from today")
	);
}

async function end_pause(frm) {
	if (!(await saved(frm))) return;
	const { open } = await act("libes_mentoring.mentor_support.pausing.end_pause", { mentor: frm.doc.name });
	if (open.length) {
		frappe.msgprint({
			title: __("Welcome back, with something to do first"),
			message: open.map((sentence) => `<li>${frappe.utils.escape_html(sentence)}</li>`).join(""),
			indicator: "orange",
		});
	}
	frm.reload_doc();
}
