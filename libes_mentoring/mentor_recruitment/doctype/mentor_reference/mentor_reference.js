{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/getting_to_know.js" %}

frappe.ui.form.on("Mentor Reference", {
	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) {
			frm.set_intro(__("Save, and ask the referee. The candidate names whom to ask."), "blue");
			return;
		}
		const [words, colour] = state_of_reference(frm.doc);
		frm.set_intro(words, colour);
		const unanswered = ["To be asked", "Asked"].includes(frm.doc.status);
		["referee_name", "referee_email", "referee_phone", "relation"].forEach((field) =>
			frm.set_df_property(field, "read_only", unanswered ? 0 : 1)
		);
		if (!unanswered) frm.disable_save();
		else frm.enable_save();
		if (!may_write(frm)) return;
		if (unanswered) {
			const label = frm.doc.status === "Asked" ? __("Send a new link") : __("Ask");
			const button = frm.add_custom_button(label, () => ask_again(frm));
			if (frm.doc.status !== "Asked") button.addClass("btn-primary");
			frm.add_custom_button(__("Write down a call"), () => write_down(frm));
			frm.add_custom_button(__("Call off"), () => call_off_reference(frm));
		}
		if (["Received", "Accepted", "Not accepted"].includes(frm.doc.status)) {
			const button = frm.add_custom_button(__("I have read it"), () => decide_on_reference(frm));
			if (frm.doc.status === "Received") button.addClass("btn-primary");
		}
	},
});

function state_of_reference(doc) {
	const day = (value) => frappe.datetime.str_to_user(value);
	if (doc.status === "To be asked") return [__("Not asked yet."), "orange"];
	if (doc.status === "Called off") return [__("Called off. The link works no longer."), "gray"];
	if (doc.status === "Received") return [__("Please read what the referee says, and decide."), "orange"];
	if (doc.status === "Accepted") return [__("Read and accepted."), "green"];
	if (doc.status === "Not accepted") return [__("Read and not accepted. What that means for the candidate, a coordinator decides on the mentor's record."), "red"];
	if (doc.handed_over_on) return [__("Asked on {0}, no answer after {1} reminders. Call, or ask somebody else.", [day(doc.asked_on), doc.chased]), "orange"];
	return [__("Asked on {0}. Reminders are sent by themselves; the link works until {1}.", [day(doc.asked_on), day(doc.link_expires_on)]), "blue"];
}

async function ask_again(frm) {
	if (!(await saved(frm))) return;
	const asked = await act(`${REFERENCES}.ask`, { reference: frm.doc.name });
	show_asked(asked, frm.doc.referee_email);
	frm.reload_doc();
}

function call_off_reference(frm) {
	frappe.confirm(__("Ask {0} no more? The link stops working.", [frappe.utils.escape_html(frm.doc.referee_name).bold()]), async () => {
		await act(`${REFERENCES}.call_off`, { reference: frm.doc.name });
		frm.reload_doc();
	});
}

function decide_on_reference(frm) {
	frappe.prompt(
		[
			{ fieldname: "decision", fieldtype: "Select", label: __("Having read it"), options: ["", "Accepted", "Not accepted"], reqd: 1 },
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label: __("Note"),
				mandatory_depends_on: "eval:doc.decision=='Not accepted'",
				description: __("Stays among staff. An unfavourable reference decides nothing by itself."),
			},
		],
		async ({ decision, note }) => {
			const passed = await act(`${REFERENCES}.decide`, { reference: frm.doc.name, decision, note: note || "" });
			if (passed) frappe.show_alert({ message: __("The step References is passed."), indicator: "green" });
			frm.reload_doc();
		},
		__("Read by us"),
		__("Decide")
	);
}

async function write_down(frm) {
	if (!(await saved(frm))) return;
	const form = await frappe.xcall(`${REFERENCES}.form`, {});
	const select = (fieldname, label, options) => ({ fieldname, fieldtype: "Select", label, options: ["", ...options], reqd: 1 });
	const dialog = new frappe.ui.Dialog({
		title: __("What {0} says on the phone", [frappe.utils.escape_html(frm.doc.referee_name)]),
		size: "large",
		fields: [
			select("known_for", __("For how long have you known the person?"), form.known_for),
			{ fieldtype: "Column Break" },
			select("known_as", __("From where?"), form.known_as),
			{ fieldtype: "Section Break" },
			{ fieldname: "known_as_words", fieldtype: "Data", label: __("In what role, yours and theirs?") },
			{ fieldtype: "Section Break", label: __("What have you seen yourself?") },
			...form.qualities.flatMap((quality, index) => [
				...(index === Math.ceil(form.qualities.length / 2) ? [{ fieldtype: "Column Break" }] : []),
				select(`level_${index}`, __(quality), form.levels),
			]),
			{ fieldtype: "Section Break" },
			{ fieldname: "example", fieldtype: "Small Text", label: __("A situation in which the person was there for somebody") },
			select("trust", __("Would you entrust this person with one-to-one support of an adult or a young person in a vulnerable situation?"), form.trust),
			{
				fieldname: "to_talk_about",
				fieldtype: "Small Text",
				label: __("Is there something that we should talk about?"),
				mandatory_depends_on: "eval:doc.trust=='With reservations'",
			},
			{ fieldtype: "Section Break" },
			{ fieldname: "name_typed", fieldtype: "Data", label: __("Name, as given on the phone"), reqd: 1, default: frm.doc.referee_name },
			{ fieldname: "declared_true", fieldtype: "Check", label: __("The referee has confirmed that this is true"), reqd: 1 },
		],
		primary_action_label: __("Store"),
		async primary_action(values) {
			const levels = form.qualities.map((_quality, index) => values[`level_${index}`]);
			await act(`${REFERENCES}.record_by_phone`, { reference: frm.doc.name, answers: JSON.stringify({ ...values, levels }) });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}
