frappe.ui.form.on("Erasure Request", {
	refresh(frm) {
		frm.disable_form && frm.doc.status === "Done" && frm.disable_form();
		if (frm.is_new()) {
			frm.set_intro(__("Save the request first. Then look at what would go, and erase."), "blue");
		} else if (frm.doc.status === "Draft") {
			add_steps(frm);
		} else {
			frm.set_intro(__("Erased. The confirmation names nobody and can be printed."), "green");
			frm.add_custom_button(__("Print confirmation"), () => frm.print_doc()).addClass("btn-primary");
		}
	},
});

function add_steps(frm) {
	frm.set_intro(__("Nothing has been erased yet."), "blue");
	const preview = frm.add_custom_button(__("Preview"), () => look(frm));
	const erase = frm.add_custom_button(__("Erase"), () => ask(frm));
	(frm.doc.items || []).length ? erase.addClass("btn-danger") : preview.addClass("btn-primary");
	frm.add_custom_button(__("Download all data"), () => download(frm));
}

async function look(frm) {
	const { message } = await call(frm, "preview");
	await frm.reload_doc();
	if (message.obstacles.length) {
		frappe.msgprint({
			title: __("Cannot be erased now"),
			message: message.obstacles.map(frappe.utils.escape_html).join("<br>"),
			indicator: "orange",
		});
	}
}

/* The second step: whoever erases types the alias, so that no click alone does it. */
function ask(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Erase for good"),
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${__("Names, contact data and free text go and cannot be brought back.")}</p>`,
			},
			{
				fieldname: "confirm",
				fieldtype: "Data",
				label: __("Repeat {0}", [frappe.utils.escape_html(frm.doc.person)]),
				reqd: 1,
			},
		],
		primary_action_label: __("Erase"),
		async primary_action({ confirm }) {
			dialog.hide();
			await call(frm, "erase", { confirm });
			await frm.reload_doc();
			frappe.show_alert({ message: __("Erased"), indicator: "green" });
		},
	});
	dialog.get_primary_btn().removeClass("btn-primary").addClass("btn-danger");
	dialog.show();
}

function call(frm, method, args = {}) {
	return frappe.call({
		method: `libes_mentoring.mentoring_privacy.erasure.${method}`,
		args: { request: frm.doc.name, ...args },
		freeze: true,
		freeze_message: __("Reading the whole site. This takes a moment."),
	});
}

function download(frm) {
	open_url_post("/api/method/libes_mentoring.mentoring_privacy.subject_access.export", {
		doctype: frm.doc.person_kind,
		name: frm.doc.person,
	});
}
