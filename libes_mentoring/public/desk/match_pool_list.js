// The page "Match the waiting": figures, and the list of pairs, of those without anybody, and of free mentors.

function pool_colour(state) {
	const colours = { Proposed: "blue", Accepted: "green", "Passed over": "gray", Failed: "red", Undone: "orange" };
	return colours[state];
}

/* All rows that can be looked at, in order: pairs first, then those for whom nobody was found. */
function pool_rows(pool) {
	if (!pool.state) return [];
	const pairs = pool.state.pairs.map((row) => ({ ...row, kind: "pair", key: `${row.mentor}|${row.mentee}` }));
	const unplaced = pool.state.unplaced.map((row) => ({ ...row, kind: "unplaced", key: `|${row.mentee}` }));
	return [...pairs, ...unplaced];
}

/* Those that the filter lets through. */
function pool_rows_shown(pool) {
	const text = (pool.$filter.get_value() || pool.$filter.$input.val() || "").trim().toLowerCase();
	const words = (row) => [row.mentee, row.mentor, row.mentor_name, row.state && __(row.state)].join(" ").toLowerCase();
	return pool_rows(pool).filter((row) => !text || words(row).includes(text));
}

function pool_row_of(pool) {
	return pool_rows(pool).find((row) => row.key === pool.cursor);
}

function draw_pool_empty(pool, words, may_start) {
	pool.$body.find("[data-pool-banner], [data-pool-figures], [data-pool-bar]").empty();
	pool.$detail.empty();
	const button = may_start
		? `<button type="button" class="btn btn-primary btn-sm" data-pool-start>${__("Match everybody who waits")}</button>`
		: "";
	pool.$list.html(`<div class="pool-empty"><p>${frappe.utils.escape_html(words)}</p>${button}</div>`);
}

/* What has to be known before anything else is read. */
function draw_pool_banner(pool) {
	const { state } = pool;
	const lines = [];
	if (state.closed) lines.push(["gray", __("This programme is closed: the run can be looked at, nothing can be accepted.")]);
	if (state.words) lines.push(["gray", state.words]);
	if (state.changed) {
		lines.push([
			"orange",
			__("Something has changed since this run was made. Run again to take it in; what you accept now is checked as it stands now."),
		]);
	}
	state.notes.forEach((note) => lines.push(["orange", note]));
	pool.$body.find("[data-pool-banner]").html(
		lines
			.map(([colour, text]) => `<div class="form-message ${colour}">${frappe.utils.escape_html(text)}</div>`)
			.join("")
	);
}

function draw_pool_figures(pool) {
	const { figures } = pool.state;
	const cells = [
		[__("Waiting"), figures.waiting],
		[__("Mentors available"), figures.available],
		[__("Free places"), figures.places],
		[__("Possible pairs"), figures.possible],
		[__("Planned pairs"), figures.planned],
		[__("Average score"), figures.planned ? Math.round(figures.total_score / figures.planned) : "–"],
	];
	const html = cells.map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`).join("");
	pool.$body.find("[data-pool-figures]").html(html);
}

function draw_pool_list(pool) {
	if (!pool.state) return;
	const shown = pool_rows_shown(pool);
	const pairs = shown.filter((row) => row.kind === "pair");
	const unplaced = shown.filter((row) => row.kind === "unplaced");
	const had_focus = pool.$list.find("[role=listbox]").is(":focus");
	const top = pool.$list.scrollTop();
	pool.$list.html(`
		<div role="listbox" tabindex="0" aria-multiselectable="true" aria-label="${__("Pairs, and those without a mentor")}"
			aria-activedescendant="${pool_option_id(pool.cursor)}">
			${pool_section(__("Pairs"), pairs, (row) => pool_pair_html(pool, row))}
			${pool_section(__("Nobody found"), unplaced, (row) => pool_unplaced_html(pool, row))}
			${shown.length ? "" : `<p class="pool-none text-muted">${__("Nobody under this filter.")}</p>`}
		</div>
		${pool_free_html(pool)}
		${pool_vetoes_html(pool)}
	`);
	pool.$list.scrollTop(top);
	if (had_focus) focus_pool(pool);
}

function pool_section(title, rows, html) {
	if (!rows.length) return "";
	return `<div role="group" aria-label="${title}"><h6 class="pool-heading">${title} (${rows.length})</h6>${rows.map(html).join("")}</div>`;
}

function pool_option_id(key) {
	return key ? `pool-${key.replace(/[^A-Za-z0-9-]/g, "_")}` : "";
}

function pool_pair_html(pool, row) {
	const escape = frappe.utils.escape_html;
	const open = row.state === "Proposed" && pool.state.status === "Open";
	const tick = open
		? `<input type="checkbox" tabindex="-1" data-pool-tick ${pool.ticked.has(row.key) ? "checked" : ""}
			aria-label="${__("Select {0}", [escape(row.mentee)])}">`
		: `<span class="pool-no-tick"></span>`;
	const mark = { Lock: ["lock", __("Locked")], Keep: ["pinned", __("Kept")] }[row.choice];
	return `
		<div role="option" id="${pool_option_id(row.key)}" class="pool-row" data-pool-row="${escape(row.key)}"
			aria-selected="${row.key === pool.cursor}">
			${tick}
			<span class="pool-who">
				<b>${escape(row.mentee)}</b>
				<span class="text-muted">${escape(row.mentor_name)}</span>
			</span>
			<span class="pool-marks">
				${mark ? `<span class="pool-mark" title="${mark[1]}">${mark[1]}</span>` : ""}
				<span class="indicator-pill no-indicator-dot ${pool_colour(row.state)}">${__(row.state)}</span>
				<span class="pool-score" aria-label="${__("Score {0} of 100", [row.score])}">${row.score}</span>
			</span>
		</div>`;
}

function pool_unplaced_html(pool, row) {
	const escape = frappe.utils.escape_html;
	return `
		<div role="option" id="${pool_option_id(row.key)}" class="pool-row" data-pool-row="${escape(row.key)}"
			aria-selected="${row.key === pool.cursor}">
			<span class="pool-no-tick"></span>
			<span class="pool-who"><b>${escape(row.mentee)}</b>
				<span class="text-muted">${pool_waiting_words(row.waiting)}</span></span>
			<span class="pool-marks"><span class="indicator-pill no-indicator-dot orange">${__("Nobody found")}</span></span>
		</div>`;
}

function pool_free_html(pool) {
	const { free } = pool.state;
	if (!free.length) return "";
	const escape = frappe.utils.escape_html;
	const rows = free.map(
		(row) => `<li><a href="/app/mentor/${encodeURIComponent(row.mentor)}">${escape(row.mentor_name)}</a>
			<span class="text-muted">${__("places left: {0}", [row.places])}${row.note ? ` · ${escape(row.note)}` : ""}</span></li>`
	);
	return `<h6 class="pool-heading">${__("Mentors with a place left")} (${free.length})</h6><ul class="pool-plain">${rows.join("")}</ul>`;
}

function pool_vetoes_html(pool) {
	const { vetoes, status } = pool.state;
	if (!vetoes.length) return "";
	const escape = frappe.utils.escape_html;
	const rows = vetoes.map(
		(row) => `<li><span>${escape(row.mentee)} · ${escape(row.mentor_name)}</span>
			${
				status === "Open"
					? `<button type="button" class="btn btn-xs btn-default" data-pool-unveto="${escape(`${row.mentor}|${row.mentee}`)}">
						${__("Allow again")}</button>`
					: ""
			}</li>`
	);
	return `<h6 class="pool-heading">${__("Ruled out")} (${vetoes.length})</h6><ul class="pool-plain">${rows.join("")}</ul>`;
}

function pool_waiting_words(days) {
	if (days === null || days === undefined) return __("Waiting: not known since when");
	if (!days) return __("Waiting since today");
	return days === 1 ? __("Waiting for 1 day") : __("Waiting for {0} days", [days]);
}

/* Looks at another row: the list keeps its focus, and what is known of the pair is fetched. */
function move_pool_cursor(pool, key) {
	if (!key || key === pool.cursor) return;
	pool.cursor = key;
	pool.$list.find("[data-pool-row]").each((_index, element) => {
		const here = element.dataset.poolRow === key;
		element.setAttribute("aria-selected", here);
		if (here) scroll_in_pool_list(pool, element);
	});
	pool.$list.find("[role=listbox]").attr("aria-activedescendant", pool_option_id(key));
	draw_pool_detail(pool);
	refresh_pool_actions(pool);
}

/* The list scrolls, never the page around it. */
function scroll_in_pool_list(pool, element) {
	const [list, row] = [pool.$list[0].getBoundingClientRect(), element.getBoundingClientRect()];
	if (row.top < list.top) pool.$list[0].scrollTop -= list.top - row.top + 8;
	if (row.bottom > list.bottom) pool.$list[0].scrollTop += row.bottom - list.bottom + 8;
}
