// The page "Match the waiting": the pair that is looked at, both people side by side, and why.

function draw_pool_detail(pool) {
	const row = pool_row_of(pool);
	if (!row) {
		pool.$detail.html(`<p class="pool-empty text-muted">${__("Choose a pair on the left.")}</p>`);
	} else if (row.kind === "unplaced") {
		pool.$detail.html(pool_unplaced_detail(row));
	} else {
		const known = pool.explained[row.key];
		pool.$detail.html(pool_pair_detail(pool, row, known));
		if (!known) explain_pool_pair(pool, row);
	}
}

/* Fetched once the cursor rests, so that running through the list asks for nothing. */
function explain_pool_pair(pool, row) {
	clearTimeout(pool.resting);
	const { run } = pool.state;
	pool.resting = setTimeout(async () => {
		const { mentor, mentee } = row;
		const said = await frappe.xcall("libes_mentoring.mentor_matching.runs.explain", { run, mentor, mentee });
		// The answer may come when something else is on the screen.
		if (!pool.state || pool.state.run !== run) return;
		pool.explained[row.key] = said;
		if (pool.cursor === row.key) draw_pool_detail(pool);
	}, 150);
}

function pool_unplaced_detail(row) {
	const escape = frappe.utils.escape_html;
	return `
		<div class="pool-card">
			<h4>${pool_mentee_link(row.mentee)}</h4>
			<p class="text-muted">${pool_waiting_words(row.waiting)}</p>
			<p>${escape(row.sentence)}</p>
			<p class="text-muted small">${__("What was refused or excluded stays so, and nobody is asked about it.")}</p>
		</div>`;
}

function pool_pair_detail(pool, row, known) {
	const escape = frappe.utils.escape_html;
	const why_not = row.why_not
		? `<div class="form-message red" role="alert">${__("Not made: {0}", [escape(row.why_not)])}</div>`
		: "";
	return `
		<div class="pool-card">
			<div class="pool-title">
				<h4>${pool_mentee_link(row.mentee)} <span class="text-muted">${__("with")}</span> ${pool_mentor_link(row)}</h4>
				<span class="pool-big-score" title="${__("Score {0} of 100", [row.score])}">${row.score}</span>
			</div>
			<p class="text-muted mb-2">
				<span class="indicator-pill no-indicator-dot ${pool_colour(row.state)}">${__(row.state)}</span>
				${row.state === "Accepted" ? "" : pool_waiting_words(row.waiting)}
			</p>
			<div class="pool-buttons">${pool_buttons_html(pool, row)}</div>
			${why_not}
			${known ? pool_reasons_html(row, known) : `<p class="text-muted pool-loading">${__("Looking at the two …")}</p>`}
		</div>`;
}

function pool_reasons_html(row, known) {
	const escape = frappe.utils.escape_html;
	const mark = (fits) =>
		fits === null || fits === undefined
			? ""
			: fits
			? `<b class="pool-fits" aria-label="${__("fits")}">✓</b>`
			: `<b class="pool-fits-not" aria-label="${__("does not fit")}">!</b>`;
	const shown = (text) => (text ? escape(text) : `<span class="text-muted">${__("not recorded")}</span>`);
	const facts = known.facts
		.map((fact) =>
			fact.both
				? `<tr><th scope="row">${escape(fact.label)}</th><td colspan="2">${escape(fact.both)}</td><td></td></tr>`
				: `<tr><th scope="row">${escape(fact.label)}</th><td>${shown(fact.mentee)}</td>
					<td>${shown(fact.mentor)}</td><td>${mark(fact.fits)}</td></tr>`
		)
		.join("");
	return `
		<div class="pool-why">
			<div><h6 class="pool-heading">${__("For")}</h6>${reasons_html(known.reasons_for, "for") || "–"}</div>
			<div><h6 class="pool-heading">${__("Against")}</h6>
				${known.reasons_against.length ? reasons_html(known.reasons_against, "against") : `<p class="text-muted">${__("Nothing")}</p>`}</div>
		</div>
		<table class="table pool-facts">
			<caption class="sr-only">${__("Both people side by side")}</caption>
			<thead><tr><td></td><th scope="col">${escape(row.mentee)}</th><th scope="col">${escape(row.mentor_name)}</th>
				<td class="pool-fit-column"><span class="sr-only">${__("Fits")}</span></td></tr></thead>
			<tbody>${facts}</tbody>
		</table>
		${known.checked.length ? checked_html(known.checked) : ""}`;
}

function pool_mentee_link(mentee) {
	return `<a href="/app/mentee/${encodeURIComponent(mentee)}">${frappe.utils.escape_html(mentee)}</a>`;
}

function pool_mentor_link(row) {
	return `<a href="/app/mentor/${encodeURIComponent(row.mentor)}">${frappe.utils.escape_html(row.mentor_name)}</a>`;
}

/* What can be done with this pair, each with its key. */
function pool_buttons_html(pool, row) {
	const { status, closed } = pool.state;
	const button = (action, label, key, kind = "default") =>
		`<button type="button" class="btn btn-sm btn-${kind}" data-pool-action="${action}" aria-keyshortcuts="${key}">
			${label} <kbd aria-hidden="true">${key}</kbd></button>`;
	const found = [];
	if (status === "Open" && ["Proposed", "Failed", "Undone"].includes(row.state)) {
		if (!closed && row.state !== "Undone") found.push(button("accept", __("Accept"), "A", "primary"));
		found.push(button("lock", row.choice === "Lock" ? __("Unlock") : __("Lock"), "L"));
		found.push(button("keep", row.choice === "Keep" ? __("Keep no longer") : __("Keep"), "E"));
		found.push(button("veto", __("Rule out"), "V"));
	}
	if (row.state === "Accepted") {
		if (row.match) {
			found.push(`<a class="btn btn-sm btn-default" href="/app/match/${encodeURIComponent(row.match)}">${__("Open the match")}</a>`);
		}
		found.push(button("undo", __("Take back"), "U"));
	}
	return found.join("");
}
