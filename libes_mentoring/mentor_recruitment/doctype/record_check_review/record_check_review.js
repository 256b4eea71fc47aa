{% include "libes_mentoring/public/desk/forms.js" %}

const REVIEWS = "libes_mentoring.mentor_recruitment.record_check_reviews";

frappe.ui.form.on("Record Check Review", {
	setup(frm) {
		["reviewer_1", "reviewer_2"].forEach((field) =>
			frm.set_query(field, () => ({ filters: { enabled: 1, user_type: "System User" } }))
		);
	},

	async refresh(frm) {
		if (frm.is_new()) return;
		[1, 2].forEach((place) => {
			const decided = frm.doc[`decision_${place}`] || frm.doc.status !== "Open";
			frm.set_df_property(`reviewer_${place}`, "read_only", decided ? 1 : 0);
		});
		const name = frm.doc.name;
		const told = await frappe.xcall(`${REVIEWS}.before_deciding`, { review: name });
		// The answer may come when another record is already on the screen.
		if (frm.doc.name !== name) return;
		frm.get_field("principle").$wrapper.html(principle_html(told));
		frm.set_intro(state_words(frm), frm.doc.status === "Disagreement" ? "orange" : "blue");
		if (told.may_decide) {
			frm.add_custom_button(__("Decide"), () => decide(frm, told)).addClass("btn-primary");
		}
	},
});

function state_words(frm) {
	if (frm.doc.status === "Completed") return __("Completed: {0}.", [__(frm.doc.outcome)]);
	if (frm.doc.status === "Disagreement") return __("The two differ. A manager decides.");
	if (!frm.doc.reviewer_1 || !frm.doc.reviewer_2) return __("Choose two people who decide, each for themselves.");
	return __("Two people decide, each for themselves.");
}

function principle_html({ principle, emphasised, mentor_name }) {
	const escape = frappe.utils.escape_html;
	const items = principle.map((text) => `<li>${escape(text)}</li>`).join("");
	const heading = emphasised
		? __("{0} is a survivor: no punishment for what exploitation brought with it", [escape(mentor_name)])
		: __("Before you decide about {0}", [escape(mentor_name)]);
	return `<div class="form-message ${emphasised ? "orange" : "blue"}" data-principle="${emphasised ? "survivor" : "all"}">
		<b>${heading}</b><ul class="mb-0 mt-2">${items}</ul>
	</div>`;
}

function decide(frm, told) {
	frappe.prompt(
		[
			{ fieldname: "principle", fieldtype: "HTML", options: principle_html(told) },
			{
				fieldname: "decision",
				fieldtype: "Select",
				label: __("Your own decision"),
				options: ["", "Accept", "Do not accept"],
				reqd: 1,
			},
			{
				fieldname: "conditions",
				fieldtype: "Small Text",
				label: __("Conditions"),
				description: __("What is agreed, for example a task to begin with. Never the offence."),
			},
		],
		async ({ decision, conditions }) => {
			await act(`${REVIEWS}.decide`, { review: frm.doc.name, decision, conditions: conditions || "" });
			frm.reload_doc();
		},
		__("Decide"),
		__("Decide")
	);
}
