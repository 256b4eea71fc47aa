{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/choosing.js" %}

const SHORTLISTS = "libes_mentoring.mentor_matching.shortlists";

frappe.ui.form.on("Mentor Shortlist", {
	setup(frm) {
		frm.set_query("mentor", "cards", () => ({ filters: { programme: frm.doc.programme, stage: "Available" } }));
		frm.set_query("mentee", () => ({ filters: { status: "Ready" } }));
	},

	refresh(frm) {
		show_next_step(frm);
		const draft = frm.is_new() || frm.doc.status === "Draft";
		frm.set_df_property("cards", "read_only", draft ? 0 : 1);
		if (draft) frm.enable_save();
		else frm.disable_save();
		if (frm.is_new()) {
			frm.set_intro(__("Save with an empty table, and the best possible mentors are put on the cards."), "blue");
			return;
		}
		frm.set_intro("");
		if (!may_write(frm)) return;
		const { status } = frm.doc;
		const shown = ["To be shown", "Chosen", "Nobody"].includes(status);
		if (draft) {
			frm.add_custom_button(__("All agreed today"), () => agree_all(frm));
			frm.add_custom_button(__("May be shown"), () => do_and_reload(frm, `${SHORTLISTS}.finish`)).addClass("btn-primary");
		}
		if (status === "Chosen") frm.add_custom_button(__("Make the match"), () => make_the_match(frm)).addClass("btn-primary");
		if (status === "Matched") {
			frm.add_custom_button(__("To the match"), () => frappe.set_route("Form", "Match", frm.doc.mentoring_match)).addClass("btn-primary");
		}
		if (shown) {
			const show = frm.add_custom_button(__("Show the cards"), () => show_cards(frm.doc.name));
			if (status === "To be shown") show.addClass("btn-primary");
			frm.add_custom_button(__("Print the cards"), () => open_paper(frm, "Mentor Cards"));
			frm.add_custom_button(__("Take back"), () =>
				frappe.confirm(__("Back to a draft? What was chosen is forgotten."), () => do_and_reload(frm, `${SHORTLISTS}.take_back`))
			);
		}
		if (draft || shown) {
			frm.add_custom_button(__("Withdraw"), () =>
				frappe.confirm(__("Withdraw this shortlist? It stays on record."), () => do_and_reload(frm, `${SHORTLISTS}.withdraw`))
			);
		}
	},
});

frappe.ui.form.on("Mentor Shortlist Card", {
	card_text(frm, doctype, name) {
		// Other words are agreed on anew; the server sees to it too.
		frappe.model.set_value(doctype, name, "agreed_on", "");
	},
});

async function do_and_reload(frm, method, args) {
	if (!(await saved(frm))) return;
	await act(method, { shortlist: frm.doc.name, ...args });
	frm.reload_doc();
}

function agree_all(frm) {
	frappe.confirm(__("Has every mentor on these cards read the own card as it stands, and agreed?"), async () => {
		for (const row of frm.doc.cards.filter((card) => card.card_text && !card.agreed_on)) {
			await frappe.model.set_value(row.doctype, row.name, "agreed_on", frappe.datetime.get_today());
		}
		await frm.save();
	});
}

async function make_the_match(frm) {
	const { choices, offer } = await frappe.xcall(`${CHOOSING}.outlook`, { shortlist: frm.doc.name });
	const escape = frappe.utils.escape_html;
	const gone = choices
		.filter((row) => !row.possible)
		.map((row) => `<p>${__("{0} ({1}) is not possible any more: {2}", [row.letter, escape(row.mentor_name), escape(row.why.join(" "))])}</p>`)
		.join("");
	const offered = choices.find((row) => row.letter === offer);
	if (!offered) {
		frappe.msgprint({ title: __("No choice is left"), message: `${gone}<p>${__("Take the shortlist back and look for others.")}</p>` });
		return;
	}
	const question = __("Match {0} with {1} (card {2}, choice {3})?", [escape(frm.doc.mentee), escape(offered.mentor_name).bold(), offer, offered.choice]);
	frappe.confirm(`${gone}<p>${question}</p>`, async () => {
		const match = await act(`${CHOOSING}.accept`, { shortlist: frm.doc.name, letter: offer });
		frappe.set_route("Form", "Match", match);
	});
}
