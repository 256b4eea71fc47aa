// What several forms need. They read it in by an include, so that nothing has to be built or hooked.

/* Show what comes next at the top of the form, in the server's words. */
function show_next_step(frm) {
	const field = frm.get_field("next_step");
	field.$wrapper.empty();
	if (frm.is_new()) return;
	const name = frm.doc.name;
	frappe
		.xcall("libes_mentoring.mentoring_relationship.next_steps.next_step", {
			doctype: frm.doctype,
			name,
		})
		.then(({ text, late }) => {
			// The answer may come when another record is already on the screen.
			if (frm.doc.name !== name) return;
			field.$wrapper.html(
				`<div class="form-message ${late ? "orange" : "blue"}" data-next-step>
					<b>${__("Next step")}</b><br>${frappe.utils.escape_html(text)}
				</div>`
			);
		});
}

/* Call a function that changes something; a second click finds the page frozen. */
function act(method, args) {
	return frappe.call({ method, args, type: "POST", freeze: true }).then((r) => r.message);
}

/* Keep what stands in the form before the server works on the stored record; false where that failed. */
async function saved(frm) {
	if (frm.is_dirty()) await frm.save();
	return !frm.is_dirty();
}

/* Whether the stored record is open and the user may change it. */
function may_write(frm) {
	return !frm.is_new() && Boolean(frm.perm[0] && frm.perm[0].write);
}

/* A paper in a tab of its own, always in the format that belongs to it. */
function open_paper(frm, format) {
	const query = $.param({ doctype: frm.doctype, name: frm.doc.name, format, trigger_print: 0 });
	window.open(frappe.urllib.get_full_url(`/printview?${query}`), "_blank");
}

/* The desk fills a new record with the site's own country and language. Of people, nothing is assumed. */
function assume_nothing(frm, ...fields) {
	if (!frm.is_new()) return;
	fields.filter((field) => frm.doc[field]).forEach((field) => frm.set_value(field, ""));
}

function assume_no_language(frm, doctype, name) {
	frappe.model.set_value(doctype, name, "language", "");
}
