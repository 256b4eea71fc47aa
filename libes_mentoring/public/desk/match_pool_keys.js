// The page "Match the waiting": everything by keys. Letters alone, so they rest while something is typed.

function pool_keys() {
	return [
		["J / ↓", __("Next")],
		["K / ↑", __("Back")],
		["A", __("Accept this pair")],
		["X", __("Select this pair")],
		["L", __("Lock: this pair for certain")],
		["E", __("Keep: this pair if it can stay")],
		["V", __("Rule this pair out")],
		["U", __("Take the match back, until the first contact")],
		["R", __("Run again")],
		["C", __("Compare with another run")],
		["/", __("Filter")],
		["?", __("This list")],
	];
}

function show_pool_keys() {
	const rows = pool_keys().map(([key, what]) => `<tr><td style="width: 90px"><kbd>${key}</kbd></td><td>${what}</td></tr>`);
	frappe.msgprint({ title: __("Keys"), message: `<table class="table mb-0">${rows.join("")}</table>` });
}

function focus_pool(pool) {
	const list = pool.$list.find("[role=listbox]")[0];
	if (list) list.focus({ preventScroll: true });
}

function add_pool_keys(pool) {
	const here = () => frappe.get_route()[0] === "match-pool";
	document.addEventListener("keydown", (event) => {
		if (!here() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector(".modal.show")) return;
		const target = event.target;
		if (event.key === "Escape" && pool.$filter.$input.is(target)) {
			// The desk would take the focus away altogether.
			event.stopPropagation();
			focus_pool(pool);
			return;
		}
		// A select or a text field has the key; so has a button, for the keys that press it.
		if (target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true]")) return;
		const row = pool_row_of(pool);
		const action = {
			j: () => step_pool(pool, 1),
			ArrowDown: () => step_pool(pool, 1),
			k: () => step_pool(pool, -1),
			ArrowUp: () => step_pool(pool, -1),
			Home: () => step_pool(pool, -Infinity),
			End: () => step_pool(pool, Infinity),
			a: () => act_on_pool_row(pool, "accept"),
			l: () => act_on_pool_row(pool, "lock"),
			e: () => act_on_pool_row(pool, "keep"),
			v: () => act_on_pool_row(pool, "veto"),
			u: () => act_on_pool_row(pool, "undo"),
			x: () => row && tick_pool_row(pool, row.key),
			r: () => run_pool_if_open(pool),
			c: () => pool.state && compare_pool(pool),
			"/": () => pool.$filter.$input.trigger("focus"),
			"?": () => show_pool_keys(),
		}[event.key.length === 1 ? event.key.toLowerCase() : event.key];
		if (!action) return;
		event.preventDefault();
		event.stopPropagation();
		if (!pool.busy) action();
	});
	// Whatever dialog was open, afterwards the list has the keys again.
	$(document).on("hidden.bs.modal", () => here() && pool.state && focus_pool(pool));
}

function run_pool_if_open(pool) {
	const row = pool.programmes.find((other) => other.name === pool.programme);
	if (row && !row.closed) run_pool_again(pool);
}

function step_pool(pool, by) {
	const rows = pool_rows_shown(pool);
	if (!rows.length) return;
	const at = rows.findIndex((row) => row.key === pool.cursor);
	const to = Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by));
	move_pool_cursor(pool, rows[to].key);
}
