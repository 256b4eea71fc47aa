{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/settling.js" %}

const SESSIONS = "libes_mentoring.mentor_matching.sessions";

frappe.ui.form.on("Matching Session", {
	setup(frm) {
		frm.set_query("mentor", "mentors", () => ({ filters: { programme: frm.doc.programme, stage: "Available" } }));
		frm.set_query("mentee", "mentees", () => ({ filters: { programme: frm.doc.programme, status: "Ready" } }));
	},

	refresh(frm) {
		show_next_step(frm);
		show_preferences(frm);
		if (frm.is_new()) {
			frm.set_intro(__("Save, then choose who could come."), "blue");
			return;
		}
		frm.set_intro("");
		if (!may_write(frm)) return;
		const { status } = frm.doc;
		const to_come = frm.doc.held_on > frappe.datetime.now_datetime();
		if (status === "Planned" && to_come) {
			frm.add_custom_button(__("Who could come?"), () => choose_people(frm));
			frm.add_custom_button(__("Invite the mentors"), () => invite_mentors(frm)).addClass("btn-primary");
			frm.add_custom_button(__("Call off"), () => call_off(frm));
		}
		if (status === "Planned" && !to_come) {
			frm.add_custom_button(__("Everybody came"), () => everybody_came(frm));
		}
		if (["Planned", "Held"].includes(status)) {
			const lists = __("Lists for the day");
			frm.add_custom_button(__("Volunteers"), () => open_paper(frm, "Session Sheet Mentors"), lists);
			frm.add_custom_button(__("Participants"), () => open_paper(frm, "Session Sheet Mentees"), lists);
		}
		if (["Held", "Settled"].includes(status)) {
			const button = frm.add_custom_button(__("Settle"), () => settle(frm));
			if (status === "Held") button.addClass("btn-primary");
		}
	},
});

async function choose_people(frm) {
	if (!(await saved(frm))) return;
	const { mentors, mentees } = await frappe.xcall(`${SESSIONS}.who_could_come`, { session: frm.doc.name });
	const day = (value) => (value ? frappe.datetime.str_to_user(value) : "–");
	const none = (words) => ({ fieldtype: "HTML", options: `<p class="text-muted">${words}</p>` });
	const dialog = new frappe.ui.Dialog({
		title: __("Who could come?"),
		fields: [
			mentors.length
				? {
						fieldtype: "MultiCheck",
						fieldname: "mentors",
						label: __("Mentors with a place left"),
						columns: 2,
						options: mentors.map((row) => ({ label: frappe.utils.escape_html(row.mentor_name), value: row.mentor })),
					}
				: none(__("No further mentor has a place left.")),
			mentees.length
				? {
						fieldtype: "MultiCheck",
						fieldname: "mentees",
						label: __("Mentees who wait, the longest first"),
						columns: 2,
						options: mentees.map((row) => ({
							label: `${frappe.utils.escape_html(row.mentee)} <span class="text-muted">${__("ready since {0}", [day(row.ready_on)])}</span>`,
							value: row.mentee,
						})),
					}
				: none(__("No further mentee waits.")),
		],
		primary_action_label: __("Put on the list"),
		async primary_action(values) {
			(values.mentors || []).forEach((mentor) => frm.add_child("mentors", { mentor }));
			(values.mentees || []).forEach((mentee) => frm.add_child("mentees", { mentee }));
			dialog.hide();
			frm.refresh_fields(["mentors", "mentees"]);
			frm.dirty();
			await frm.save();
		},
	});
	dialog.show();
}

async function invite_mentors(frm) {
	if (!(await saved(frm))) return;
	const done = await act(`${SESSIONS}.invite`, { session: frm.doc.name });
	frappe.show_alert({ message: __("{0} invited.", [done.invited]), indicator: "green" });
	if (done.without_portal.length) {
		frappe.msgprint({
			title: __("Please tell them yourself"),
			message: __("They have no account on the portal yet: {0}.", [frappe.utils.escape_html(done.without_portal.join(", "))]),
		});
	}
	frm.reload_doc();
}

/* The few who did not come are changed in the lists before saving. */
function everybody_came(frm) {
	[...(frm.doc.mentors || []), ...(frm.doc.mentees || [])]
		.filter((row) => !row.came)
		.forEach((row) => frappe.model.set_value(row.doctype, row.name, "came", "Came"));
	frappe.show_alert({ message: __("Change whoever did not come, then save."), indicator: "blue" });
}

function call_off(frm) {
	frappe.confirm(__("Call this session off? The mentors who were invited are told."), async () => {
		await act(`${SESSIONS}.call_off`, { session: frm.doc.name });
		frm.reload_doc();
	});
}
