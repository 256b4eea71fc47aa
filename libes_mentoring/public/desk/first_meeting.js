// The first meeting, of a match or of a group: planned, both told, noted. Read in by the forms of both.

const FIRST_MEETING = "libes_mentoring.mentoring_relationship.first_meeting";

/* What comes next stands first: planning, then noting how it went. */
function add_first_meeting_buttons(frm) {
	const { first_meeting_on: day } = frm.doc;
	const held = day && day <= frappe.datetime.get_today();
	const planning = day ? __("Change the plan") : __("Plan the first meeting");
	const $plan = frm.add_custom_button(planning, () => plan_first_meeting(frm));
	const $done = frm.add_custom_button(__("The first meeting took place"), () => note_first_meeting(frm));
	(held ? $done : $plan).addClass("btn-primary");
}

function add_sheets(frm) {
	const menu = __("First meeting");
	frm.add_custom_button(__("Sheet for the mentor"), () => open_paper(frm, "First Meeting Mentor"), menu);
	frm.add_custom_button(__("Sheet for the mentee"), () => open_paper(frm, "First Meeting Mentee"), menu);
	if (!may_write(frm)) return;
	for (const [who, label, field] of [
		["Mentor", __("The mentor has been told"), "mentor_briefed_on"],
		["Mentee", __("The mentee has been told"), "mentee_briefed_on"],
	]) {
		if (frm.doc[field]) continue;
		frm.add_custom_button(
			label,
			async () => {
				if (!(await saved(frm))) return;
				await act(`${FIRST_MEETING}.mark_briefed`, { match: frm.doc.name, who });
				frm.reload_doc();
			},
			menu
		);
	}
}

async function plan_first_meeting(frm) {
	if (!(await saved(frm))) return;
	const { doctype, name } = frm.doc;
	const { places, staff, wishes } = await frappe.xcall(`${FIRST_MEETING}.options`, { doctype, name });
	const escape = frappe.utils.escape_html;
	const fields = [
		{ fieldname: "day", fieldtype: "Date", label: __("Day"), reqd: 1, default: frm.doc.first_meeting_on },
		{ fieldname: "column", fieldtype: "Column Break" },
		{ fieldname: "at", fieldtype: "Time", label: __("Time"), reqd: 1, default: frm.doc.first_meeting_at || "15:00:00" },
		{ fieldname: "section", fieldtype: "Section Break" },
		{
			fieldname: "place",
			fieldtype: "Autocomplete",
			label: __("Place"),
			reqd: 1,
			options: places.map((row) => ({ value: row.place, label: row.place, description: place_marks(row) })),
			default: place_to_begin_with(frm, places),
			description: places.length
				? __("Suggested are neutral places that suit everybody.")
				: __("None of the programme's places suits everybody."),
		},
		{
			fieldname: "staff",
			fieldtype: "Select",
			label: __("Who of the staff is there"),
			reqd: 1,
			options: staff.map((row) => ({ value: row.user, label: `${row.name} (${row.duty})` })),
			default: frm.doc.first_meeting_staff || frappe.session.user,
		},
	];
	if (wishes.length) {
		const rows = wishes.map((row) => `<li><b>${escape(row.mentee)}, ${escape(row.about)}</b>: ${escape(row.wish)}</li>`);
		fields.push(
			{
				fieldname: "wishes",
				fieldtype: "HTML",
				options: `<p class="mb-1"><b>${__("Wished for meetings")}</b></p><ul class="pl-4">${rows.join("")}</ul>`,
			},
			{ fieldname: "wishes_read", fieldtype: "Check", label: __("I have read this: day and place suit."), reqd: 1 }
		);
	}
	const dialog = new frappe.ui.Dialog({
		title: __("First meeting"),
		fields,
		primary_action_label: __("Plan"),
		async primary_action(values) {
			const { day, at, place, staff } = values;
			// Refused by the server, what was entered stays in the dialog.
			await act(`${FIRST_MEETING}.plan_meeting`, {
				doctype,
				name,
				day,
				at,
				place,
				staff,
				wishes_read: values.wishes_read ? 1 : 0,
			});
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}

/* What was planned; else the first that is suggested. One that suits no more is not offered again. */
function place_to_begin_with(frm, places) {
	const planned = places.find((row) => row.place === frm.doc.first_meeting_place);
	return (planned || places[0] || {}).place;
}

function place_marks(row) {
	const marks = [row.district, row.step_free && __("step-free"), row.child_friendly && __("children welcome")];
	return marks.filter(Boolean).join(" · ");
}

async function note_first_meeting(frm) {
	if (!(await saved(frm))) return;
	const of_group = frm.doctype === "Mentoring Group";
	const waiting = of_group ? await waiting_for_first_meeting(frm.doc) : [];
	const checklist = of_group ? await checklist_of(waiting) : frm.doc.checklist;
	const options = ["In person", "Video call", "Phone call", "Text messages", "E-mail or letter"];
	const goals = (fieldname, label) => ({
		fieldname,
		fieldtype: "Small Text",
		label,
		description: __("One a line."),
	});
	const dialog = new frappe.ui.Dialog({
		title: __("The first meeting took place"),
		size: "large",
		fields: [
			...(of_group
				? [
						{
							fieldname: "there",
							fieldtype: "MultiCheck",
							label: __("Who was there"),
							description: __("Who was not there waits for a first meeting of their own."),
							columns: 2,
							options: waiting.map((row) => ({ label: row.mentee, value: row.name, checked: 1 })),
						},
						{ fieldname: "section_covered", fieldtype: "Section Break" },
				  ]
				: []),
			{
				fieldname: "covered",
				fieldtype: "MultiCheck",
				label: __("What was done and talked about"),
				columns: 2,
				options: checklist.map((row) => ({ label: row.item, value: row.item, checked: row.done })),
			},
			{ fieldname: "section_rhythm", fieldtype: "Section Break", label: __("Agreed") },
			{ fieldname: "meetings_per_month", fieldtype: "Float", precision: 1, label: __("Meetings a month"), reqd: 1, default: 2 },
			{ fieldname: "column_1", fieldtype: "Column Break" },
			{ fieldname: "length_minutes", fieldtype: "Int", label: __("Length of a meeting (minutes)"), reqd: 1, default: 90 },
			{ fieldname: "column_2", fieldtype: "Column Break" },
			{ fieldname: "medium", fieldtype: "Select", label: __("How they meet"), reqd: 1, options, default: options[0] },
			{ fieldname: "section_goals", fieldtype: "Section Break", label: __("Goals") },
			{ ...goals("shared_goals", __("What the two share")), reqd: 1 },
			...(of_group
				? []
				: [goals("mentor_goals", __("The mentor's own")), goals("mentee_goals", __("The mentee's own"))]),
			{
				fieldname: "review_on",
				fieldtype: "Date",
				label: __("Look at them again on"),
				default: frappe.datetime.add_months(frappe.datetime.get_today(), 3),
			},
		],
		primary_action_label: __("Start the relationship"),
		async primary_action(values) {
			const { there, ...agreed } = values;
			const covered = JSON.stringify(agreed.covered || []);
			const missed = waiting.map((row) => row.name).filter((name) => !(there || []).includes(name));
			const where = of_group
				? { group: frm.doc.name, not_there: JSON.stringify(missed) }
				: { match: frm.doc.name };
			const method = of_group ? "complete_for_group" : "complete_first_meeting";
			await act(`${FIRST_MEETING}.${method}`, { ...agreed, ...where, covered });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}

/* Whose first meeting the group's is: without a day of their own, and in the group by then. */
async function waiting_for_first_meeting({ name, first_meeting_on: day }) {
	const rows = await frappe.db.get_list("Match", {
		filters: { mentoring_group: name, stage: "Initiation" },
		fields: ["name", "mentee", "matched_on", "first_meeting_on"],
		order_by: "creation asc",
		limit: 100,
	});
	return rows.filter((row) => !row.first_meeting_on && (!day || row.matched_on <= day));
}

/* The points of the first match of the group; they are the same for all. */
async function checklist_of([match]) {
	return match ? (await frappe.db.get_doc("Match", match.name)).checklist : [];
}
