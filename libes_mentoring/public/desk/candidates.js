// A mentor's form while the person applies: entering one by hand, turning down, the letter, the status page, and the
// motivation that is gone back to later. Read in by an include, after forms.js.

function candidate_buttons(frm) {
	if (frm.is_new()) {
		choose_only_programme(frm);
		return;
	}
	if (frm.doc.turned_down_on) {
		turned_down_buttons(frm);
		return;
	}
	if (!may_write(frm)) return;
	if (frm.doc.stage !== "Left") {
		frm.add_custom_button(__("Revisit motivation"), () => revisit_motivation(frm), __("Application"));
		frm.add_custom_button(__("Send link to the status page"), () => send_status_link(frm), __("Application"));
	}
	frm.add_custom_button(__("Turn down"), () => turn_down(frm), __("Application"));
}

/* Who coordinates one programme need not choose it each time. */
function choose_only_programme(frm) {
	if (frm.doc.programme) return;
	frappe.db
		.get_list("Mentoring Programme", { filters: { status: "Running" }, fields: ["name"], limit: 2 })
		.then((rows) => {
			if (rows.length === 1 && frm.is_new() && !frm.doc.programme) frm.set_value("programme", rows[0].name);
		});
}

function turned_down_buttons(frm) {
	const may_read_why = frappe.model.can_read("Candidate Refusal");
	if (may_read_why) {
		frm.add_custom_button(__("Why"), () =>
			frappe.set_route("List", "Candidate Refusal", { mentor: frm.doc.name })
		);
	}
	if (may_write(frm)) {
		frm.add_custom_button(__("Print letter"), () => open_paper(frm, "Letter to a Candidate"));
		frm.add_custom_button(__("Send letter"), () => send_letter(frm));
		offer_to_lift(frm);
	}
}

/* "May do harm" is a manager's to lift. Why somebody was turned down stands in a record of its own: whoever does not
   read it is offered nothing here. */
async function offer_to_lift(frm) {
	if (!frappe.user.has_role("Mentoring Manager")) {
		if (!frappe.model.can_read("Candidate Refusal")) return;
		const mentor = frm.doc.name;
		const [refusal] = await frappe.db.get_list("Candidate Refusal", {
			filters: { mentor, lifted_on: ["is", "not set"] },
			fields: ["reason"],
			order_by: "decided_on desc, creation desc",
			limit: 1,
		});
		// The answer may come when another record is already on the screen.
		if (frm.doc.name !== mentor || !frm.doc.turned_down_on) return;
		if (!refusal || refusal.reason === "May do harm") return;
	}
	frm.add_custom_button(__("Lift the decision"), () => lift_refusal(frm, frm.doc.name));
}

async function turn_down(frm) {
	if (!(await saved(frm))) return;
	await frappe.model.with_doctype("Candidate Refusal");
	const { options } = frappe.meta.get_docfield("Candidate Refusal", "reason");
	const dialog = new frappe.ui.Dialog({
		title: __("Turn down"),
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${__(
					"The reason is for coordinators and managers only. The letter thanks for the application and names no reason."
				)}</p>`,
			},
			{ fieldname: "reason", fieldtype: "Select", label: __("Reason"), options, reqd: 1 },
			{ fieldname: "note", fieldtype: "Small Text", label: __("Note for staff") },
			{
				fieldname: "by_mail",
				fieldtype: "Check",
				label: __("Send the letter by mail"),
				default: frm.doc.email ? 1 : 0,
				read_only: frm.doc.email ? 0 : 1,
			},
		],
		primary_action_label: __("Turn down"),
		async primary_action({ reason, note, by_mail }) {
			dialog.hide();
			const mentor = frm.doc.name;
			await act("libes_mentoring.mentor_recruitment.refusals.turn_down", { mentor, reason, note });
			await frm.reload_doc();
			if (by_mail) await send_letter(frm);
		},
	});
	dialog.show();
}

async function send_letter(frm) {
	await act("libes_mentoring.mentor_recruitment.letters.send_letter", { mentor: frm.doc.name });
	frappe.show_alert({ message: __("The letter is on its way."), indicator: "green" });
}

function lift_refusal(frm, mentor) {
	frappe.prompt(
		[{ fieldname: "why", fieldtype: "Small Text", label: __("Why the decision is lifted"), reqd: 1 }],
		async ({ why }) => {
			await act("libes_mentoring.mentor_recruitment.refusals.lift", { mentor, why });
			frm.reload_doc();
		},
		__("Lift the decision"),
		__("Lift the decision")
	);
}

async function send_status_link(frm) {
	if (!(await saved(frm))) return;
	frappe.confirm(
		__("Make a new link to the status page? The one from before will work no longer."),
		async () => {
			const answer = await act("libes_mentoring.mentor_recruitment.status_link.send_new", {
				mentor: frm.doc.name,
			});
			const link = frappe.utils.escape_html(answer.link);
			frappe.msgprint({
				title: __("Link to the status page"),
				message: answer.mailed
					? __("The link has been sent to {0}.", [frappe.utils.escape_html(frm.doc.email)])
					: `${__("No mail was sent. Hand this link over to the person, and to nobody else:")}<br><code>${link}</code>`,
				indicator: answer.mailed ? "green" : "orange",
			});
			frm.reload_doc();
		}
	);
}

async function revisit_motivation(frm) {
	if (!(await saved(frm))) return;
	const field = (fieldname) => {
		const { fieldtype, label, options } = frappe.meta.get_docfield("Mentor Motivation", fieldname);
		return { fieldname, fieldtype, label: __(label), options };
	};
	const earlier = (frm.doc.motivations || []).map((row) => {
		const said = [row.motivation && __(row.motivation), row.own_words].filter(Boolean).join(": ");
		const when = `${frappe.datetime.str_to_user(row.noted_on)}, ${__(row.occasion)}`;
		return `<li><span class="text-muted">${frappe.utils.escape_html(when)}</span><br>${frappe.utils.escape_html(said)}</li>`;
	});
	const history = earlier.length ? `<ul>${earlier.join("")}</ul>` : `<p>${__("Nothing noted yet.")}</p>`;
	frappe.prompt(
		[
			{ fieldtype: "HTML", options: `<p><b>${__("Said so far")}</b></p>${history}` },
			{ ...field("occasion"), default: "Check-in", reqd: 1 },
			field("motivation"),
			field("own_words"),
		],
		async ({ occasion, motivation, own_words }) => {
			await act("libes_mentoring.mentor_recruitment.motivations.revisit", {
				mentor: frm.doc.name,
				motivation: motivation || "",
				own_words: own_words || "",
				occasion,
			});
			frm.reload_doc();
		},
		__("What moves you today?"),
		__("Add")
	);
}
