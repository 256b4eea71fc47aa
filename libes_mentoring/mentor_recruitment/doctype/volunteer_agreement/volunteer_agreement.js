{% include "libes_mentoring/public/desk/forms.js" %}

const AGREEMENTS = "libes_mentoring.mentor_recruitment.agreements";

frappe.ui.form.on("Volunteer Agreement", {
	setup(frm) {
		frm.set_query("policy_document", () => ({
			filters: { policy_kind: "Volunteer agreement", status: "In force" },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const { status } = frm.doc;
		if (may_write(frm)) add_moves(frm, status);
		if (status !== "Draft") {
			// What was put before somebody does not change. (After the buttons: this takes the right to write away.)
			frm.disable_save();
			frm.set_read_only();
			frm.refresh_fields();
		}
		show_next_step(frm);
		if (frappe.model.can_print("Volunteer Agreement", frm)) {
			frm.add_custom_button(__("Print"), () => open_paper(frm, "Volunteer Agreement"));
		}
	},
});

function add_moves(frm, status) {
	const step = (label, method, question) =>
		frm.add_custom_button(label, async () => {
			if (!(await saved(frm))) return;
			frappe.confirm(question, async () => {
				await act(`${AGREEMENTS}.${method}`, { agreement: frm.doc.name });
				frm.reload_doc();
			});
		});
	if (status === "Draft") {
		step(
			__("Send to the mentor"),
			"send",
			__("The mentor reads and signs it on the portal. From then on it does not change, unless you take it back.")
		).addClass("btn-primary");
	}
	if (status === "Draft" || status === "Sent") {
		frm.add_custom_button(__("Signed on paper"), () => record_paper(frm));
	}
	if (status === "Sent") {
		step(__("Take back"), "take_back", __("The mentor cannot sign it until you send it again."));
	}
	if (status === "Signed by mentor") {
		step(
			__("Countersign"),
			"countersign",
			__("You sign for the organisation. The agreement takes effect, and one from before is replaced.")
		).addClass("btn-primary");
	}
	if (status === "Countersigned") {
		frm.add_custom_button(__("New agreement"), async () => {
			const name = await act(`${AGREEMENTS}.prepare`, { mentor: frm.doc.mentor });
			frappe.set_route("Form", "Volunteer Agreement", name);
		});
		step(
			__("End it"),
			"end",
			__("The agreement ends today. Running matches go on; a new one needs a new agreement.")
		);
	}
}

async function record_paper(frm) {
	if (!(await saved(frm))) return;
	frappe.prompt(
		{ fieldname: "signed_on", fieldtype: "Date", label: __("Signed by the mentor on"), reqd: 1 },
		async ({ signed_on }) => {
			await act(`${AGREEMENTS}.record_paper_signature`, { agreement: frm.doc.name, signed_on });
			frm.reload_doc();
		},
		__("Signed on paper"),
		__("Save")
	);
}
