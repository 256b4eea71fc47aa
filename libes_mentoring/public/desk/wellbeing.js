// How a mentor is: the questions, the quiet flag and the talk. For coordinators; read in by an include.

const WELLBEING = "libes_mentoring.mentor_support.wellbeing";

function may_note_wellbeing() {
	return frappe.model.can_write("Mentor Wellbeing Note");
}

/* Ask for the signs of strain and keep the answers; `about` is {check_in} or {mentor}. */
async function ask_wellbeing(about, done) {
	const { signs, answers } = await frappe.xcall(`${WELLBEING}.signs`);
	const dialog = new frappe.ui.Dialog({
		title: __("How is the mentor?"),
		fields: [
			{
				fieldname: "about",
				fieldtype: "HTML",
				options: `<p class="text-muted">${__(
					"Ask in your own words, or tick what you noticed. Only the coordinators of the programme read it, and it is never held against anybody."
				)}</p>`,
			},
			...signs.map(({ key, text }) => ({
				fieldname: key,
				fieldtype: "Select",
				label: text,
				options: answers.map((value) => ({ value, label: __(value) })),
				default: answers[0],
			})),
		],
		primary_action_label: __("Keep"),
		async primary_action(values) {
			const given = Object.fromEntries(signs.map(({ key }) => [key, values[key] || answers[0]]));
			const { flag } = await act(`${WELLBEING}.note`, { ...about, answers: given });
			dialog.hide();
			frappe.show_alert(
				flag
					? { message: __("Kept. A quiet flag reminds you to talk about how they are."), indicator: "orange" }
					: { message: __("Kept."), indicator: "green" }
			);
			if (done) done(flag);
		},
		secondary_action_label: __("Not asked"),
		secondary_action: () => dialog.hide(),
	});
	dialog.show();
}

/* Record the talk that takes a quiet flag down. */
function talked_about_it(mentor, done) {
	frappe.prompt(
		[
			{
				fieldname: "what_was_agreed",
				fieldtype: "Small Text",
				label: __("What was agreed"),
				description: __("Such as: a pause offered, a talk with the supervisor, nothing further needed."),
			},
		],
		async (values) => {
			await act(`${WELLBEING}.talked`, { mentor, ...values });
			done();
		},
		__("We have talked about it"),
		__("Take the flag down")
	);
}
