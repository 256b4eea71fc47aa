{% include "libes_mentoring/public/desk/forms.js" %}

const CONCERNS = "libes_mentoring.mentoring_relationship.concerns";

frappe.ui.form.on("Concern", {
	setup(frm) {
		frm.set_query("about_user", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		show_state(frm);
		if (frm.doc.mentoring_match && frappe.model.can_read("Match")) {
			frm.add_custom_button(__("Match"), () =>
				frappe.set_route("Form", "Match", frm.doc.mentoring_match)
			);
		}
		if (frm.doc.status === "Closed") {
			// What is closed stays as it is: the server refuses any change.
			frm.disable_form();
			frm.add_custom_button(__("It is not over"), () => follow(frm));
			return;
		}
		frm.enable_save();
		if (!may_write(frm)) return;
		frm.add_custom_button(__("Tell another person"), () => add_recipient(frm));
		const mine = frm.doc.handled_by === frappe.session.user;
		if (!mine) {
			const button = frm.add_custom_button(__("I am on it"), () => run(frm, "take"));
			if (frm.doc.status === "Received") button.addClass("btn-primary");
		}
		const step = frm.add_custom_button(__("Add a step"), () => add_step(frm));
		if (frm.doc.status !== "In hand") return;
		if (mine) step.addClass("btn-primary");
		frm.add_custom_button(__("Close"), () => close_concern(frm));
	},
});

function show_state(frm) {
	if (frm.doc.status === "Received") {
		frm.set_intro(
			frm.doc.urgent
				? __("Urgent, and nobody has answered yet. Choose “I am on it” when you take it in hand.")
				: __("Nobody has answered yet. Choose “I am on it” when you take it in hand."),
			frm.doc.urgent ? "red" : "orange"
		);
	} else if (frm.doc.status === "In hand") {
		const who = frappe.utils.escape_html(frappe.user.full_name(frm.doc.handled_by));
		frm.set_intro(__("In the hands of {0}.", [who]), "blue");
	}
}

async function run(frm, method, args = {}) {
	if (!(await saved(frm))) return;
	await act(`${CONCERNS}.${method}`, { concern: frm.doc.name, ...args });
	frm.reload_doc();
}

function add_step(frm) {
	frappe.prompt(
		[{ fieldname: "what", fieldtype: "Small Text", label: __("What was done or decided"), reqd: 1 }],
		(values) => run(frm, "add_step", values),
		__("Add a step"),
		__("Add")
	);
}

function add_recipient(frm) {
	frappe.prompt(
		[
			{
				fieldname: "user",
				fieldtype: "Link",
				options: "User",
				label: __("Who else should read this concern?"),
				description: __("A coordinator, a social worker or a manager. Not the person it is about."),
				reqd: 1,
				get_query: () => ({ filters: { user_type: "System User", enabled: 1 } }),
			},
		],
		(values) => run(frm, "add_recipient", values),
		__("Tell another person"),
		__("Tell")
	);
}

function close_concern(frm) {
	const { options } = frappe.meta.get_docfield("Concern", "outcome");
	frappe.prompt(
		[
			{ fieldname: "decision", fieldtype: "Small Text", label: __("What was decided"), reqd: 1 },
			{ fieldname: "outcome", fieldtype: "Select", label: __("Outcome"), options, reqd: 1 },
			{
				fieldname: "for_good",
				fieldtype: "HTML",
				options: `<p class="text-muted">${__(
					"A closed concern is not changed any more. Whoever raised it sees that it is closed, and nothing else."
				)}</p>`,
			},
		],
		({ decision, outcome }) => run(frm, "close", { decision, outcome }),
		__("Close this concern"),
		__("Close")
	);
}

function follow(frm) {
	frappe.prompt(
		[
			{ fieldname: "text", fieldtype: "Small Text", label: __("What has happened since?"), reqd: 1 },
			{ fieldname: "urgent", fieldtype: "Check", label: __("Urgent") },
		],
		async ({ text, urgent }) => {
			const answer = await act(`${CONCERNS}.enter`, {
				kind: frm.doc.kind,
				text,
				urgent: urgent || 0,
				follows: frm.doc.name,
			});
			if (answer && answer.concern) frappe.set_route("Form", "Concern", answer.concern);
		},
		__("A new concern that follows this one"),
		__("Enter")
	);
}
