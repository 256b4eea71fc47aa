{% include "libes_mentoring/public/desk/forms.js" %}

frappe.ui.form.on("Closure", {
	refresh(frm) {
		show_caution(frm);
		if (frm.is_new()) return;
		frm.add_custom_button(__("Match"), () =>
			frappe.set_route("Form", "Match", frm.doc.mentoring_match)
		);
		if (frm.doc.status === "Completed") {
			// What is closed stays as it is: the server refuses any change.
			frm.disable_form();
			if (frappe.model.can_print("Closure", frm)) {
				frm.add_custom_button(__("Print certificate"), () =>
					open_paper(frm, "Mentor Certificate")
				).addClass("btn-primary");
			}
			return;
		}
		frm.enable_save();
		if (!may_write(frm)) return;
		if (frm.doc.status === "Not started") {
			frm.add_custom_button(__("Begin"), () => begin(frm)).addClass("btn-primary");
		} else {
			frm.add_custom_button(__("Close the match"), () => complete(frm)).addClass("btn-primary");
		}
	},

	timing: show_caution,
});

async function begin(frm) {
	if (!(await saved(frm))) return;
	await act("libes_mentoring.mentoring_relationship.closing.begin", { closure: frm.doc.name });
	frm.reload_doc();
}

async function complete(frm) {
	if (!(await saved(frm))) return;
	frappe.confirm(
		__("Close this match for good? The mentor no longer sees it, and it cannot be opened again."),
		async () => {
			await act("libes_mentoring.mentoring_relationship.closing.complete", {
				closure: frm.doc.name,
			});
			frm.reload_doc();
		}
	);
}

/* Whoever decides on a new match after an early end reads first what it can do to the mentee. */
function show_caution(frm) {
	const $field = frm.get_field("rematch").$wrapper;
	$field.find("[data-caution]").remove();
	if (frm.doc.timing !== "Premature") return;
	$field.append(
		`<div class="form-message orange" data-caution>
			${__("This match ended early. Losing a mentor can feel like being left once more.")}
			${__("Before a new match, talk with the mentee about what happened, and let time pass if needed.")}
		</div>`
	);
}
