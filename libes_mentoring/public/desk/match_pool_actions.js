// The page "Match the waiting": what can be done. Each is one call; its answer is all that the page shows.

function add_pool_actions(pool) {
	const { page, $body } = pool;
	page.add_menu_item(__("Keys"), () => show_pool_keys());
	page.add_menu_item(__("All runs of this programme"), () =>
		frappe.set_route("List", "Match Run", { programme: pool.programme })
	);
	$body.on("click", "[data-pool-bar-action]", (event) => {
		const action = event.currentTarget.dataset.poolBarAction;
		if (pool.busy || !pool.state) return;
		if (action === "compare") compare_pool(pool);
		else if (action === "undo") undo_all(pool);
		else accept_many(pool, action);
	});
	$body.on("click", "[data-pool-row]", (event) => {
		move_pool_cursor(pool, event.currentTarget.dataset.poolRow);
		focus_pool(pool);
	});
	$body.on("click", "[data-pool-tick]", (event) => {
		event.stopPropagation();
		tick_pool_row(pool, $(event.currentTarget).closest("[data-pool-row]")[0].dataset.poolRow);
	});
	$body.on("click", "[data-pool-action]", (event) => act_on_pool_row(pool, event.currentTarget.dataset.poolAction));
	$body.on("click", "[data-pool-start]", () => run_pool_again(pool));
	$body.on("click", "[data-pool-unveto]", (event) => {
		const [mentor, mentee] = event.currentTarget.dataset.poolUnveto.split("|");
		change_pool(pool, "choose", { mentor, mentee, choice: "" });
	});
}

/* Buttons are there for what can be done now; the server asks again. */
function refresh_pool_actions(pool) {
	const { state, page } = pool;
	const row = pool.programmes.find((other) => other.name === pool.programme);
	if (row && !row.closed) {
		page.set_primary_action(state ? __("Run again") : __("Match everybody who waits"), () => run_pool_again(pool));
	} else {
		page.clear_primary_action();
	}
	if (!state) return;
	const open = state.status === "Open" && !state.closed;
	const count = (wanted) => state.pairs.filter((pair) => pair.state === wanted).length;
	const [proposed, accepted, ticked] = [count("Proposed"), count("Accepted"), pool.ticked.size];
	const button = (action, label, kind = "default") =>
		`<button type="button" class="btn btn-sm btn-${kind}" data-pool-bar-action="${action}">${label}</button>`;
	const made = frappe.utils.escape_html(`${state.run} · ${state.made}`);
	pool.$body.find("[data-pool-bar]").html(`
		${open && proposed ? button("all", __("Accept all ({0})", [proposed])) : ""}
		${open && ticked ? button("ticked", __("Accept selected ({0})", [ticked])) : ""}
		${open ? button("none", proposed ? __("Accept none") : __("Done with this run")) : ""}
		${accepted ? button("undo", __("Take all back ({0})", [accepted])) : ""}
		${button("compare", __("Compare"))}
		<span class="pool-made text-muted">${made}</span>`);
}

/* Calls, shows what came of it, and gives the list its focus back. */
async function change_pool(pool, method, args, said) {
	const run = pool.state && pool.state.run;
	const state = await pool_call(pool, method, method === "start" ? args : { run, ...args });
	if (state) {
		const words = said ? said(state) : "";
		if (words) frappe.show_alert({ message: words, indicator: "green" });
		show_pool_state(pool, state);
		focus_pool(pool);
	}
	return state;
}

function run_pool_again(pool) {
	return change_pool(pool, "start", { programme: pool.programme });
}

function act_on_pool_row(pool, action) {
	const row = pool_row_of(pool);
	if (!row || row.kind !== "pair" || pool.busy) return;
	const { mentor, mentee } = row;
	const open = pool.state.status === "Open";
	const choose = (choice) => change_pool(pool, "choose", { mentor, mentee, choice: row.choice === choice ? "" : choice });
	const can_choose = open && row.state !== "Accepted";
	if (action === "accept" && open && ["Proposed", "Failed"].includes(row.state)) {
		accept_pairs(pool, [[mentor, mentee]]);
	} else if (action === "undo" && row.state === "Accepted") {
		frappe.confirm(__("Take the match of {0} back? {0} waits on since the same day.", [frappe.utils.escape_html(mentee)]), () =>
			change_pool(pool, "undo", { mentor, mentee })
		);
	} else if (action === "lock" && can_choose) choose("Lock");
	else if (action === "keep" && can_choose) choose("Keep");
	else if (action === "veto" && can_choose) choose("Veto");
}

/* The next row that waits for a decision is looked at afterwards. */
async function accept_pairs(pool, pairs) {
	const next = next_pool_row(pool, pairs);
	await change_pool(pool, "accept", { pairs: typeof pairs === "string" ? pairs : JSON.stringify(pairs) }, (state) => {
		const failed = state.pairs.filter((row) => row.state === "Failed").length;
		if (!state.accepted && pairs !== "none") return "";
		const made = pairs === "none" ? __("This run is decided.") : __("Matches made: {0}.", [state.accepted]);
		return failed ? `${made} ${__("Not made: {0}, see there why.", [failed])}` : made;
	});
	if (next && pool_row_of(pool) && pool_row_of(pool).state === "Accepted") move_pool_cursor(pool, next);
}

function next_pool_row(pool, pairs) {
	if (!Array.isArray(pairs)) return null;
	const done = new Set(pairs.map((pair) => pair.join("|")));
	const rows = pool_rows_shown(pool).filter((row) => row.kind === "pair");
	const here = rows.findIndex((row) => row.key === pool.cursor);
	const waits = (row) => row.state === "Proposed" && !done.has(row.key);
	const next = rows.slice(here + 1).find(waits) || rows.find(waits);
	return next ? next.key : null;
}

function accept_many(pool, which) {
	const pairs = which === "ticked" ? [...pool.ticked].map((key) => key.split("|")) : which;
	const proposed = pool.state.pairs.filter((row) => row.state === "Proposed").length;
	const question = {
		all: __("Make {0} matches? Check-ins and closures are prepared with them.", [proposed]),
		ticked: __("Make {0} matches? Check-ins and closures are prepared with them.", [pairs.length]),
		none: proposed
			? __("Pass over {0} proposed pairs? Those mentees come first next time.", [proposed])
			: __("Nothing more is decided on this run afterwards."),
	}[which];
	const changed = pool.state.changed ? `<p>${__("Something has changed since this run was made.")}</p>` : "";
	frappe.confirm(`${changed}${question}`, () => accept_pairs(pool, pairs));
}

function undo_all(pool) {
	const accepted = pool.state.pairs.filter((row) => row.state === "Accepted").length;
	frappe.confirm(__("Take {0} matches of this run back? Those who have had contact stay matched.", [accepted]), () =>
		change_pool(pool, "undo", {})
	);
}

function tick_pool_row(pool, key) {
	const row = pool_rows(pool).find((other) => other.key === key);
	if (!row || row.state !== "Proposed" || pool.state.status !== "Open") return;
	if (!pool.ticked.delete(key)) pool.ticked.add(key);
	draw_pool_list(pool);
	focus_pool(pool);
	refresh_pool_actions(pool);
}

/* Which run to hold beside this one; the one before it unless another is chosen. */
async function compare_pool(pool) {
	const { run, programme, previous_run } = pool.state;
	const runs = await frappe.db.get_list("Match Run", {
		filters: { programme, name: ["!=", run] },
		fields: ["name", "made_on", "status"],
		order_by: "made_on desc",
		limit: 50,
	});
	if (!runs.length) {
		frappe.show_alert({ message: __("There is no other run of this programme yet."), indicator: "blue" });
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Compare two runs"),
		size: "large",
		fields: [
			{
				fieldname: "other",
				fieldtype: "Select",
				label: __("Beside {0}", [run]),
				options: runs.map((row) => ({
					value: row.name,
					label: `${row.name} · ${frappe.datetime.str_to_user(row.made_on)} · ${__(row.status)}`,
				})),
				default: runs.some((row) => row.name === previous_run) ? previous_run : runs[0].name,
				change: () => draw(),
			},
			{ fieldname: "difference", fieldtype: "HTML" },
		],
	});
	const draw = async () => {
		const other = dialog.get_value("other");
		if (!other || other === dialog.drawn) return;
		dialog.drawn = other;
		const found = await frappe.xcall("libes_mentoring.mentor_matching.runs.compare", { run, other });
		dialog.get_field("difference").$wrapper.html(pool_difference_html(found));
	};
	dialog.show();
	draw();
}

function pool_difference_html({ runs, same, only, unplaced, weights }) {
	const escape = frappe.utils.escape_html;
	const line = (label, values) =>
		`<tr><th scope="row">${label}</th>${values.map((value) => `<td>${value}</td>`).join("")}</tr>`;
	const pairs = (rows) =>
		rows.length
			? rows.map((row) => `${escape(row.mentee)} · ${escape(row.mentor_name)} (${row.score})`).join("<br>")
			: "–";
	const names = (rows) => (rows.length ? rows.map(escape).join(", ") : "–");
	const number = (value) => (value === null || value === undefined ? "–" : Math.round(value * 10) / 10);
	const differing = weights.filter((row) => row.differs);
	return `
		<table class="table table-bordered pool-difference">
			<thead><tr><td></td>${runs.map((row) => `<th scope="col">${escape(row.run)}<br><small>${escape(row.made)}</small></th>`).join("")}</tr></thead>
			<tbody>
				${line(__("Mentees waiting"), runs.map((row) => row.waiting))}
				${line(__("Free places"), runs.map((row) => row.places))}
				${line(__("Possible pairs"), runs.map((row) => row.possible))}
				${line(__("Planned pairs"), runs.map((row) => row.planned))}
				${line(__("Total score"), runs.map((row) => number(row.total_score)))}
				${line(__("Pairs only here (the same in both: {0})", [same]), only.map(pairs))}
				${line(__("Nobody found"), unplaced.map(names))}
				${differing.map((row) => line(__("Weight: {0}", [escape(row.label)]), row.values.map(number))).join("")}
			</tbody>
		</table>
		${differing.length ? "" : `<p class="text-muted">${__("Both used the same weights.")}</p>`}`;
}
