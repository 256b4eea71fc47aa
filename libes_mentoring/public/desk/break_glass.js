// A coordinator's way into a case file: a reason first, and others are told.

function add_break_glass_button(frm) {
	// Whose caregiver the user is reads the file anyway; the server decides about everybody else.
	const is_caregiver = frm.doc.caregiver === frappe.session.user;
	if (is_caregiver || !frappe.user.has_role("Mentoring Coordinator")) return;
	if (!frappe.model.can_read("Mentee Case File")) return;
	frm.add_custom_button(__("Open the case file"), () => open_for_a_reason(frm));
}

async function open_for_a_reason(frm) {
	const mentee = frm.doc.name;
	const { message } = await frappe.db.get_value("Mentee Case File", { mentee }, "name");
	// Open already, until its time is over.
	if (message && message.name) frappe.set_route("Form", "Mentee Case File", message.name);
	else ask_for_the_reason(mentee);
}

function ask_for_the_reason(mentee) {
	const dialog = new frappe.ui.Dialog({
		title: __("Open the case file of {0}", [mentee]),
		fields: [
			{
				fieldname: "consequences",
				fieldtype: "HTML",
				options: `<p>${__(
					"It opens for you alone, to read, for a short time. The caregiver and the privacy officers are told, and your reason is kept in the access log."
				)}</p>`,
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Why do you need to read it?"),
				description: __("A sentence of your own. Leave the person's story out of it."),
				reqd: 1,
			},
		],
		primary_action_label: __("Open it"),
		async primary_action({ reason }) {
			const opened = await act("libes_mentoring.mentoring_privacy.break_glass.open_case_file", {
				mentee,
				reason,
			});
			dialog.hide();
			frappe.set_route("Form", "Mentee Case File", opened.case_file);
		},
	});
	dialog.show();
}
