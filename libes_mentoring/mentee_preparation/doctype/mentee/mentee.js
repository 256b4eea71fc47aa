{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/break_glass.js" %}

frappe.ui.form.on("Mentee", {
	onload_post_render(frm) {
		assume_nothing(frm, "nationality");
	},

	refresh(frm) {
		show_next_step(frm);
		if (frm.is_new()) return;
		// A button is there for whoever may do what it does; the server asks again.
		if (may_write(frm) && frappe.model.can_create("Match")) {
			const $button = frm.add_custom_button(__("Suggest mentors"), () => suggest_mentors(frm));
			$button.toggleClass("btn-primary", frm.doc.status === "Ready");
		}
		if (frappe.model.can_create("Mentee Case File")) {
			frm.add_custom_button(__("Case file"), () => open_case_file(frm));
		}
		add_break_glass_button(frm);
		if (frappe.model.can_create("Mentee Consent")) add_consent_buttons(frm);
	},
});

frappe.ui.form.on("Mentoring Language Skill", { languages_add: assume_no_language });

async function open_case_file(frm) {
	const mentee = frm.doc.name;
	const { message } = await frappe.db.get_value("Mentee Case File", { mentee }, "name");
	if (message && message.name) frappe.set_route("Form", "Mentee Case File", message.name);
	else frappe.new_doc("Mentee Case File", { mentee });
}

async function add_consent_buttons(frm) {
	const mentee = frm.doc.name;
	frm.add_custom_button(
		__("Record consent"),
		() =>
			frappe.new_doc("Mentee Consent", {
				mentee,
				taken_by: frappe.session.user,
				given_on: frappe.datetime.get_today(),
			}),
		__("Consent")
	);
	frm.add_custom_button(
		__("See consents"),
		() => frappe.set_route("List", "Mentee Consent", { mentee }),
		__("Consent")
	);
	const given = await frappe.db.count("Mentee Consent", { filters: { mentee, status: "Given" } });
	if (!given || frm.doc.name !== mentee || !may_write(frm)) return;
	// Beside the menu, not in it: two clicks are enough.
	frm.add_custom_button(__("Withdraw consent"), () => withdraw_consent(frm));
}

function withdraw_consent(frm) {
	frappe.confirm(
		__("Withdraw the consent of {0}? It takes effect at once, and no reason is needed.", [
			frm.doc.name,
		]),
		async () => {
			await act("libes_mentoring.mentee_preparation.consent.withdraw", { mentee: frm.doc.name });
			frm.reload_doc();
		}
	);
}

async function suggest_mentors(frm) {
	if (!(await saved(frm))) return;
	const mentee = frm.doc.name;
	const found = await act("libes_mentoring.mentor_matching.suggestions.suggest_mentors", { mentee });
	const dialog = new frappe.ui.Dialog({
		title: __("Mentors for {0}", [mentee]),
		size: "large",
		fields: [{ fieldname: "suggestions", fieldtype: "HTML" }],
	});
	const $area = dialog.get_field("suggestions").$wrapper;
	$area.html(suggestions_html(found));
	$area.on("click", "[data-mentor]", (event) => {
		const { mentor, mentorName } = event.currentTarget.dataset;
		make_match(dialog, mentee, mentor, mentorName);
	});
	dialog.show();
}

function make_match(dialog, mentee, mentor, mentor_name) {
	frappe.prompt(
		[
			{
				fieldname: "question",
				fieldtype: "HTML",
				options: `<p>${__("Match {0} with {1}? Check-ins and the closure are prepared with it.", [
					frappe.utils.escape_html(mentee),
					frappe.utils.escape_html(mentor_name).bold(),
				])}</p>`,
			},
			{
				fieldname: "way",
				fieldtype: "Select",
				label: __("Way of matching"),
				options: ["Coordinator", "Self-matching", "Collective"],
				default: "Coordinator",
				reqd: 1,
			},
		],
		async ({ way }) => {
			const match = await act("libes_mentoring.mentor_matching.suggestions.accept", {
				mentee,
				mentor,
				way,
			});
			dialog.hide();
			frappe.set_route("Form", "Match", match);
		},
		__("Make this match"),
		__("Make this match")
	);
}

function suggestions_html({ blockers, looked_at, counts, suggestions }) {
	if (blockers.length) {
		return `<p>${__("No mentor can be suggested yet:")}</p>${reasons_html(blockers, "against")}`;
	}
	if (!suggestions.length) {
		const words = looked_at
			? __("Mentors looked at: {0}. None of them fits what was wished, refused and agreed.", [looked_at])
			: __("The programme has no available mentor at the moment.");
		return `<p>${words}</p>`;
	}
	const shown = __("Mentors looked at: {0}. The best come first.", [looked_at]);
	return `<p class="text-muted mb-1">${shown}</p>${counts_html(counts)}${suggestions.map(card_html).join("")}`;
}

/* What makes up the score: the programme's own mixture, in points of 100. */
function counts_html(counts) {
	const rows = counts.map(
		({ label, share }) =>
			`<li>${frappe.utils.escape_html(label)}: ${format_number(share, null, 1)}</li>`
	);
	return `
		<details class="small text-muted mb-3" data-counts>
			<summary>${__("What the score is made of, in points of 100")}</summary>
			<ul class="mt-2 mb-0 pl-4" style="column-width: 260px">${rows.join("")}</ul>
		</details>`;
}

function card_html(row) {
	const escape = frappe.utils.escape_html;
	const checked = row.checked.map((text) => `<li>${escape(text)}</li>`).join("");
	return `
		<div class="border rounded p-3 mb-3" data-suggestion="${escape(row.mentor)}">
			<div class="d-flex justify-content-between align-items-start">
				<div>
					<h5 class="mb-1">${escape(row.mentor_name)}</h5>
					<span class="text-muted">${escape(row.mentor)} · ${__("Score {0} of 100", [row.score])}</span>
				</div>
				<button type="button" class="btn btn-sm btn-primary" data-mentor="${escape(row.mentor)}"
					data-mentor-name="${escape(row.mentor_name)}">${__("Make this match")}</button>
			</div>
			${reasons_html(row.reasons_for, "for")}
			${reasons_html(row.reasons_against, "against")}
			${reasons_html(row.waived, "against")}
			<details class="small text-muted">
				<summary>${__("What was checked")} (${row.checked.length})</summary>
				<ul class="mt-2 mb-0 pl-4">${checked}</ul>
			</details>
		</div>`;
}

function reasons_html(reasons, side) {
	// The mark says the same as the colour, for whoever does not see colours or hears the page.
	const [colour, mark, word] =
		side === "for" ? ["green", "✓", __("For")] : ["orange", "!", __("Against")];
	const rows = reasons.map(
		(text) => `
		<li class="d-flex">
			<b style="color: var(--${colour}-600); flex: 0 0 20px" aria-label="${word}">${mark}</b>
			<span>${frappe.utils.escape_html(text)}</span>
		</li>`
	);
	return `<ul class="list-unstyled my-2">${rows.join("")}</ul>`;
}
