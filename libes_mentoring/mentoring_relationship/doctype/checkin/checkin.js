{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/wellbeing.js" %}

frappe.ui.form.on("CheckIn", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Match"), () =>
			frappe.set_route("Form", "Match", frm.doc.mentoring_match)
		);
		if (with_the_mentor(frm) && frm.doc.status === "Done") {
			frm.add_custom_button(__("How is the mentor?"), () => ask_wellbeing({ check_in: frm.doc.name }));
		}
		show_rhythm(frm);
		if (frm.doc.status !== "Due") return;
		show_lateness(frm);
		if (may_write(frm)) {
			frm.add_custom_button(__("Mark as done"), () => mark_as_done(frm)).addClass("btn-primary");
		}
	},
});

/* What the two agreed on at their first meeting, for whoever asks how it is going. */
async function show_rhythm(frm) {
	const name = frm.doc.name;
	const text = await frappe.xcall("libes_mentoring.mentoring_relationship.first_meeting.agreed_rhythm", {
		match: frm.doc.mentoring_match,
	});
	if (text && frm.doc.name === name) {
		frm.get_field("mentoring_match").set_description(frappe.utils.escape_html(text));
	}
}

function show_lateness(frm) {
	const days = frappe.datetime.get_day_diff(frappe.datetime.get_today(), frm.doc.due_on);
	if (days > 0) frm.set_intro(__("Late by {0} days.", [days]), "orange");
}

/* Whether the talk was with the mentor too, and the user is somebody who asks how the mentor is. */
function with_the_mentor(frm) {
	return ["Mentor", "Both"].includes(frm.doc.contact_with) && may_note_wellbeing();
}

async function mark_as_done(frm) {
	const field = (fieldname) => {
		const { fieldtype, label, options } = frappe.meta.get_docfield("CheckIn", fieldname);
		return { fieldname, fieldtype, label: __(label), options, default: frm.doc[fieldname] };
	};
	frappe.prompt(
		[
			{ ...field("done_on"), default: frappe.datetime.get_today(), reqd: 1 },
			field("medium"),
			field("wellbeing"),
			field("support_needed"),
			{ ...field("notes"), fieldtype: "Small Text" },
		],
		async (values) => {
			await frm.set_value({ ...values, status: "Done" });
			// Refused by the server, the talk is still to be recorded.
			await frm.save("Save", null, null, () => frm.set_value("status", "Due"));
			if (frm.doc.status === "Done" && !frm.is_dirty() && with_the_mentor(frm)) {
				ask_wellbeing({ check_in: frm.doc.name });
			}
		},
		__("Mark as done"),
		__("Mark as done")
	);
}
