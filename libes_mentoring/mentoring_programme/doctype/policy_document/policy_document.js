{% include "libes_mentoring/public/desk/forms.js" %}

frappe.ui.form.on("Policy Document", {
	refresh(frm) {
		if (frm.is_new()) return;
		const { status } = frm.doc;
		if (status === "Draft") {
			frm.dashboard.set_headline(__("A draft. Read it, change what is different with you, and put it in force."));
			if (may_write(frm)) {
				frm.add_custom_button(__("Put in force"), () => put_in_force(frm)).addClass("btn-primary");
			}
		} else {
			// What was in force never changes.
			frm.disable_save();
			frm.set_read_only();
			frm.refresh_fields();
			if (frappe.model.can_create("Policy Document")) {
				frm.add_custom_button(__("New version"), () => new_version(frm));
			}
			if (status === "In force" && frm.doc.asked_of_mentors && frappe.model.can_read("Mentor")) {
				frm.add_custom_button(__("Who has not accepted"), () => show_who_has_not(frm));
			}
		}
		if (frappe.model.can_print("Policy Document", frm)) {
			frm.add_custom_button(__("Print to sign"), () => open_paper(frm, "Policy Paper"));
		}
	},
});

async function put_in_force(frm) {
	if (!(await saved(frm))) return;
	const asked = frm.doc.asked_of_mentors
		? __("Mentors are asked to accept it, and have {0} days where they had accepted the version before.", [
				frm.doc.grace_days || 0,
		  ])
		: "";
	frappe.confirm(
		`${__("From now on this text holds and does not change any more. The version before is replaced.")} ${asked}`,
		async () => {
			await act("libes_mentoring.mentoring_programme.policies.put_in_force", { policy: frm.doc.name });
			frm.reload_doc();
		}
	);
}

async function new_version(frm) {
	const name = await act("libes_mentoring.mentoring_programme.policies.new_version", { policy: frm.doc.name });
	frappe.set_route("Form", "Policy Document", name);
}

async function show_who_has_not(frm) {
	const rows = await frappe.xcall("libes_mentoring.mentor_recruitment.acknowledgements.who_has_not", {
		policy: frm.doc.name,
	});
	const line = (row) => {
		const when = row.late
			? __("no new match until accepted")
			: __("until {0}", [frappe.datetime.str_to_user(row.until)]);
		const link = frappe.utils.get_form_link("Mentor", row.mentor, true, frappe.utils.escape_html(row.full_name));
		return `<li>${link} · ${when}</li>`;
	};
	frappe.msgprint({
		title: __("Who has not accepted"),
		message: rows.length ? `<ul>${rows.map(line).join("")}</ul>` : __("Everybody has."),
	});
}
