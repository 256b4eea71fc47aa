{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/first_meeting.js" %}

frappe.ui.form.on("Match", {
	refresh(frm) {
		show_next_step(frm);
		// A stored match moves by the buttons below: each says what it means and asks for what it needs.
		frm.set_df_property("stage", "read_only", frm.is_new() ? 0 : 1);
		if (frm.is_new()) return;
		add_next_move(frm);
		add_work_buttons(frm);
		add_ways_on(frm);
	},
});

/* The one thing that this stage is waiting for stands first. */
function add_next_move(frm) {
	const { stage } = frm.doc;
	if (stage === "Closure" && frappe.model.can_read("Closure")) {
		frm.add_custom_button(__("Closure"), () => open_closure(frm)).addClass("btn-primary");
	}
	if (!may_write(frm)) return;
	if (stage === "Contemplation") {
		add_move(frm, __("Both agree"), "Initiation");
	} else if (stage === "Initiation") {
		add_first_meeting_buttons(frm);
	}
}

function add_move(frm, label, stage) {
	frm.add_custom_button(label, () => move(frm, stage)).addClass("btn-primary");
}

async function move(frm, stage) {
	const [before, was_dirty] = [frm.doc.stage, frm.is_dirty()];
	await frm.set_value("stage", stage);
	// Refused by the server, the match stays where it was; what else was entered stays in the form.
	frm.save("Save", null, null, () =>
		was_dirty ? frm.set_value("stage", before) : frm.reload_doc()
	);
}

async function open_closure(frm) {
	const { message } = await frappe.db.get_value(
		"Closure",
		{ mentoring_match: frm.doc.name },
		"name"
	);
	if (message && message.name) frappe.set_route("Form", "Closure", message.name);
}

function add_work_buttons(frm) {
	const running = ["Initiation", "Growth and maintenance", "Closure"].includes(frm.doc.stage);
	if (running && frappe.model.can_create("Meeting Log")) {
		frm.add_custom_button(__("Log a meeting"), () =>
			frappe.new_doc("Meeting Log", {
				mentoring_match: frm.doc.name,
				met_on: frappe.datetime.get_today(),
			})
		);
	}
	if (frappe.model.can_print("Match", frm)) {
		frm.add_custom_button(__("Print agreement"), () => open_paper(frm, "Mentor Agreement"));
		if (frm.doc.stage === "Initiation") add_sheets(frm);
	}
}

/* What belongs to the match, one click away. */
function add_ways_on(frm) {
	const add = (label, action) => frm.add_custom_button(label, action, __("Go to"));
	const add_list = (label, doctype) => {
		if (!frappe.model.can_read(doctype)) return;
		add(label, () => frappe.set_route("List", doctype, { mentoring_match: frm.doc.name }));
	};
	add_list(__("Check-ins"), "CheckIn");
	add_list(__("Meetings"), "Meeting Log");
	if (frappe.model.can_read("Match Disclosure")) {
		add(__("What the mentor knows"), () => show_disclosure(frm));
	}
	if (frm.doc.mentoring_group) {
		add(__("Group"), () => frappe.set_route("Form", "Mentoring Group", frm.doc.mentoring_group));
		if (frm.doc.stage === "Closure" && may_write(frm)) {
			add(__("Hand on within the team"), () => hand_on(frm));
		}
	}
	if (frm.doc.stage !== "Closure" && frappe.model.can_read("Closure")) {
		const begins = frm.doc.stage !== "Closed" && frappe.model.can_write("Closure");
		add(begins ? __("Begin closure") : __("Closure"), () => open_closure(frm));
	}
}

/* Asked for, never on the form itself: whoever looks over a shoulder reads nothing. */
async function show_disclosure(frm) {
	const [newest] = await frappe.db.get_list("Match Disclosure", {
		filters: { mentoring_match: frm.doc.name },
		fields: ["state", "recorded_on"],
		order_by: "recorded_on desc, creation desc",
		limit: 1,
	});
	const said = newest
		? __("{0}. Recorded on {1}.", [
				__(newest.state),
				frappe.datetime.str_to_user(newest.recorded_on),
		  ])
		: __("The mentor does not know. Nothing is recorded.");
	frappe.msgprint({
		title: __("What the mentor knows"),
		message: said,
		primary_action: frappe.model.can_create("Match Disclosure") && {
			label: __("Record a change"),
			action() {
				frappe.hide_msgprint(true);
				frappe.new_doc("Match Disclosure", { mentoring_match: frm.doc.name });
			},
		},
	});
}

/* The closure is prepared as every other; in place of closing for good, another mentor of the team goes on. */
async function hand_on(frm) {
	const { mentors } = await frappe.xcall("libes_mentoring.mentoring_relationship.groups.members", {
		group: frm.doc.mentoring_group,
	});
	const others = mentors.filter((row) => row.mentor !== frm.doc.mentor && row.role !== "Helper");
	if (!others.length) {
		frappe.msgprint(__("No other mentor of this group can go on with the mentee."));
		return;
	}
	frappe.prompt(
		[
			{
				fieldname: "mentor",
				fieldtype: "Select",
				label: __("Mentor who goes on"),
				reqd: 1,
				options: others.map((row) => ({ value: row.mentor, label: row.name })),
			},
		],
		async ({ mentor }) => {
			const match = await act("libes_mentoring.mentoring_relationship.groups.hand_on", {
				match: frm.doc.name,
				mentor,
			});
			frappe.set_route("Form", "Match", match);
		},
		__("Hand on within the team"),
		__("Close this match and make the new one")
	);
}
