// A mentor's papers: the agreement, the texts accepted, a reference letter.

function add_papers(frm) {
	const add = (label, action) => frm.add_custom_button(label, action, __("Papers"));
	if (frappe.model.can_create("Volunteer Agreement") && frm.doc.stage !== "Left") {
		add(__("Volunteer agreement"), async () => {
			const name = await act("libes_mentoring.mentor_recruitment.agreements.prepare", { mentor: frm.doc.name });
			frappe.set_route("Form", "Volunteer Agreement", name);
		});
	}
	if (frappe.model.can_read("Volunteer Agreement")) {
		add(__("All agreements"), () =>
			frappe.set_route("List", "Volunteer Agreement", { mentor: frm.doc.name })
		);
	}
	if (frappe.model.can_read("Policy Acknowledgement")) {
		add(__("Rules accepted"), () =>
			frappe.set_route("List", "Policy Acknowledgement", { mentor: frm.doc.name })
		);
	}
	if (may_write(frm)) add(__("Rules signed on paper"), () => record_rules_on_paper(frm));
	if (frappe.model.can_print("Mentor", frm)) {
		add(__("Reference letter"), () => open_paper(frm, "Reference Letter"));
	}
}

async function record_rules_on_paper(frm) {
	const open = await frappe.xcall("libes_mentoring.mentor_recruitment.acknowledgements.open_for", {
		mentor: frm.doc.name,
	});
	if (!open.length) {
		frappe.msgprint(__("Nothing is open: every text in force is accepted."));
		return;
	}
	const languages = [...new Set(open.flatMap((text) => text.languages))];
	const dialog = new frappe.ui.Dialog({
		title: __("Rules signed on paper"),
		fields: [
			{
				fieldname: "policies",
				fieldtype: "MultiCheck",
				label: __("Signed"),
				columns: 1,
				options: open.map((text) => ({
					label: __("{0}, version {1}", [text.title, text.version]),
					value: text.policy,
				})),
			},
			{ fieldname: "signed_on", fieldtype: "Date", label: __("Signed on"), reqd: 1 },
			{
				fieldname: "language",
				fieldtype: "Select",
				label: __("Language of the paper"),
				options: languages,
				default: languages[0],
				reqd: 1,
			},
		],
		primary_action_label: __("Save"),
		async primary_action({ policies, signed_on, language }) {
			const count = await act("libes_mentoring.mentor_recruitment.acknowledgements.record_on_paper", {
				mentor: frm.doc.name,
				policies_signed: policies || [],
				signed_on,
				language,
			});
			dialog.hide();
			frappe.show_alert({ message: __("{0} signatures recorded.", [count]), indicator: "green" });
			frm.reload_doc();
		},
	});
	dialog.show();
}
