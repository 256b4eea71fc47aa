// References and the interview of a candidate, from the mentor's form.

const REFERENCES = "libes_mentoring.mentor_recruitment.references";

function getting_to_know_buttons(frm) {
	if (frm.is_new() || frm.doc.stage === "Left" || frm.doc.screening_column === "") return;
	if (frappe.model.can_create("Mentor Reference")) {
		frm.add_custom_button(__("Ask for references"), () => ask_for_references(frm), __("Screening"));
	}
	if (frappe.model.can_create("Mentor Interview")) {
		frm.add_custom_button(__("Plan the interview"), () => plan_interview(frm), __("Screening"));
	}
}

async function plan_interview(frm) {
	const filters = { mentor: frm.doc.name, status: "Planned" };
	const { message } = await frappe.db.get_value("Mentor Interview", filters, "name");
	if (message && message.name) frappe.set_route("Form", "Mentor Interview", message.name);
	else frappe.new_doc("Mentor Interview", { mentor: frm.doc.name, interviewer_1: frappe.session.user });
}

async function ask_for_references(frm) {
	const rows = await frappe.db.get_list("Mentor Reference", {
		filters: { mentor: frm.doc.name },
		fields: ["name", "referee_name", "status", "asked_on", "chased"],
		order_by: "creation asc",
	});
	const dialog = new frappe.ui.Dialog({
		title: __("References for {0}", [frappe.utils.escape_html(frm.doc.full_name)]),
		fields: [
			{ fieldname: "known", fieldtype: "HTML", options: references_html(rows) },
			{ fieldtype: "Section Break" },
			{ fieldname: "referee_name", fieldtype: "Data", label: __("Another referee: name"), reqd: 1 },
			{
				fieldname: "relation",
				fieldtype: "Data",
				label: __("How the candidate knows them"),
			},
			{ fieldname: "column", fieldtype: "Column Break" },
			{
				fieldname: "referee_email",
				fieldtype: "Data",
				options: "Email",
				label: __("E-mail"),
				description: __("The referee is asked at once. Without an address, call and write down the answers."),
			},
			{ fieldname: "referee_phone", fieldtype: "Data", options: "Phone", label: __("Phone") },
		],
		primary_action_label: __("Ask"),
		async primary_action(values) {
			const asked = await act(`${REFERENCES}.request`, { mentor: frm.doc.name, ...values });
			dialog.hide();
			show_asked(asked, values.referee_email);
			frm.reload_doc();
		},
	});
	dialog.fields_dict.known.$wrapper.find("a").on("click", () => dialog.hide());
	// Also when the step was decided on before: what a referee says may come late.
	if (may_write(frm)) {
		dialog.set_secondary_action_label(__("Decide on the step"));
		dialog.set_secondary_action(() => {
			dialog.hide();
			conclude_references(frm);
		});
	}
	dialog.show();
}

function references_html(rows) {
	if (!rows.length) return `<p class="text-muted">${__("Nobody has been named yet.")}</p>`;
	const escape = frappe.utils.escape_html;
	const lines = rows.map(({ name, referee_name, status, asked_on, chased }) => {
		const asked = asked_on ? __("asked on {0}", [frappe.datetime.str_to_user(asked_on)]) : "";
		const reminded = chased ? __("reminders: {0}", [chased]) : "";
		const words = [__(status), asked, reminded].filter(Boolean).join(" · ");
		return `<tr><td><a href="/app/mentor-reference/${name}">${escape(referee_name)}</a></td><td>${escape(words)}</td></tr>`;
	});
	return `<table class="table table-sm" data-references>${lines.join("")}</table>`;
}

/* What became of asking: sent, or a link to be handed over in another way. */
function show_asked({ mailed, link }, address) {
	if (mailed) {
		frappe.show_alert({ message: __("A mail is on its way to {0}.", [frappe.utils.escape_html(address)]), indicator: "green" });
	} else if (link) {
		frappe.msgprint({
			title: __("Hand this link to the referee"),
			message: `<p>${__("No mail can be sent. The link works once and is for the referee alone.")}</p>
				<p><code>${frappe.utils.escape_html(link)}</code></p>`,
		});
	} else {
		frappe.show_alert({ message: __("Noted. Call the referee and write down the answers."), indicator: "blue" });
	}
}

function conclude_references(frm) {
	frappe.prompt(
		[
			{
				fieldname: "outcome",
				fieldtype: "Select",
				label: __("Step References"),
				options: ["", "Passed", "Not passed"],
				reqd: 1,
			},
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label: __("Why"),
				mandatory_depends_on: "eval:doc.outcome=='Not passed'",
				description: __("Stays among staff. The candidate never reads it."),
			},
		],
		async ({ outcome, note }) => {
			await act(`${REFERENCES}.conclude`, { mentor: frm.doc.name, outcome, note: note || "" });
			frm.reload_doc();
		},
		__("Decide on the step References"),
		__("Decide")
	);
}
