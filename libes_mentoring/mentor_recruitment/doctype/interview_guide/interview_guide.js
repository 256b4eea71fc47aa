{% include "libes_mentoring/public/desk/forms.js" %}

const GUIDES = "libes_mentoring.mentor_recruitment.interview_guides";

frappe.ui.form.on("Interview Guide", {
	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		// Asked before the form is closed, which takes the right away.
		const writable = may_write(frm);
		if (frm.doc.status !== "Draft") {
			frm.disable_form();
			frm.set_intro(
				frm.doc.status === "In force"
					? __("In force. It stays as it is, since scorecards follow it: changes are a new version.")
					: __("Replaced by a newer version."),
				frm.doc.status === "In force" ? "green" : "gray"
			);
		}
		frm.add_custom_button(__("Print the sheet"), () => open_paper(frm, "Interview Guide Sheet"));
		if (!writable) return;
		if (frm.doc.status === "Draft") {
			frm.add_custom_button(__("Put in force"), () => put_in_force(frm)).addClass("btn-primary");
		} else {
			frm.add_custom_button(__("Make a new version"), async () => {
				const name = await act(`${GUIDES}.new_version`, { guide: frm.doc.name });
				frappe.set_route("Form", "Interview Guide", name);
			});
		}
	},
});

async function put_in_force(frm) {
	if (!(await saved(frm))) return;
	frappe.confirm(__("Ask from this version from now on? It cannot be changed afterwards."), async () => {
		await act(`${GUIDES}.put_in_force`, { guide: frm.doc.name });
		frm.reload_doc();
	});
}
