// Suggestions as cards: the same for mentors of a mentee, mentees of a mentor, and a pair of a run.

/* All that was found, or in words why nothing was. `words` are those of the page: {none_yet, nobody, none_fits, found}. */
function suggestion_list_html({ blockers, looked_at, counts, suggestions }, words, card) {
	if (blockers.length) return `<p>${words.none_yet}</p>${reasons_html(blockers, "against")}`;
	if (!suggestions.length) return `<p>${looked_at ? words.none_fits : words.nobody}</p>`;
	return `<p class="text-muted mb-1">${words.found}</p>${counts_html(counts)}${suggestions.map(card).join("")}`;
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

/* One suggested person; `title` and `under` are shown, `key` comes back from the button. */
function suggestion_card_html(row, { key, title, under }) {
	const escape = frappe.utils.escape_html;
	return `
		<div class="border rounded p-3 mb-3" data-suggestion="${escape(key)}">
			<div class="d-flex justify-content-between align-items-start">
				<div>
					<h5 class="mb-1">${escape(title)}</h5>
					<span class="text-muted">${escape(under)} · ${__("Score {0} of 100", [row.score])}</span>
				</div>
				<button type="button" class="btn btn-sm btn-primary" data-person="${escape(key)}"
					data-person-title="${escape(title)}">${__("Make this match")}</button>
			</div>
			${reasons_html(row.reasons_for, "for")}
			${reasons_html(row.reasons_against, "against")}
			${reasons_html(row.waived || [], "against")}
			${checked_html(row.checked)}
		</div>`;
}

function checked_html(checked) {
	const rows = checked.map((text) => `<li>${frappe.utils.escape_html(text)}</li>`).join("");
	return `
		<details class="small text-muted">
			<summary>${__("What was checked")} (${checked.length})</summary>
			<ul class="mt-2 mb-0 pl-4">${rows}</ul>
		</details>`;
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

/* Asks how the two came together, makes the match and opens it. */
function ask_and_match(dialog, { mentee, mentor, mentor_name }) {
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
			const match = await act("libes_mentoring.mentor_matching.suggestions.accept", { mentee, mentor, way });
			dialog.hide();
			frappe.set_route("Form", "Match", match);
		},
		__("Make this match"),
		__("Make this match")
	);
}

/* A dialog with suggestions; `chosen` gets the key and the title of the person whose button was pressed. */
function show_suggestions(title, html, chosen) {
	const dialog = new frappe.ui.Dialog({ title, size: "large", fields: [{ fieldname: "suggestions", fieldtype: "HTML" }] });
	const $area = dialog.get_field("suggestions").$wrapper;
	$area.html(html);
	$area.on("click", "[data-person]", (event) => {
		const { person, personTitle } = event.currentTarget.dataset;
		chosen(dialog, person, personTitle);
	});
	dialog.show();
}
