{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/suggestion_cards.js" %}
{% include "libes_mentoring/public/desk/match_pool_list.js" %}
{% include "libes_mentoring/public/desk/match_pool_detail.js" %}
{% include "libes_mentoring/public/desk/match_pool_actions.js" %}
{% include "libes_mentoring/public/desk/match_pool_keys.js" %}

frappe.pages["match-pool"].on_page_load = (wrapper) => {
	wrapper.match_pool = match_pool_page(wrapper);
};

frappe.pages["match-pool"].on_page_show = (wrapper) => {
	match_pool_shown(wrapper.match_pool);
};

/* What stands on the page: `state` is what the server said last, `cursor` the key of the row that is looked at. */
function match_pool_page(wrapper) {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Match the waiting"), single_column: true });
	const pool = { wrapper, page, state: null, programmes: [], cursor: null, ticked: new Set(), busy: false, explained: {} };
	pool.$programme = page.add_field({
		fieldname: "programme",
		fieldtype: "Select",
		label: __("Programme"),
		change: () => choose_programme(pool),
	});
	pool.$filter = page.add_field({ fieldname: "filter", fieldtype: "Data", label: __("Filter by name or alias") });
	pool.$filter.$input.on("input", () => draw_pool_list(pool));
	pool.$body = $(match_pool_frame()).appendTo(page.main);
	pool.$list = pool.$body.find("[data-pool-list]");
	pool.$detail = pool.$body.find("[data-pool-detail]");
	add_pool_actions(pool);
	add_pool_keys(pool);
	return pool;
}

function match_pool_frame() {
	return `
		<div class="match-pool">
			<div class="pool-banner" data-pool-banner role="status" aria-live="polite"></div>
			<dl class="pool-figures" data-pool-figures aria-label="${__("Figures")}"></dl>
			<div class="pool-bar" data-pool-bar role="toolbar" aria-label="${__("All pairs")}"></div>
			<div class="pool-columns">
				<section class="pool-left" data-pool-list aria-label="${__("Proposed pairs")}"></section>
				<section class="pool-right" data-pool-detail aria-label="${__("Details")}" aria-live="polite"></section>
			</div>
		</div>`;
}

async function match_pool_shown(pool) {
	pool.programmes = await frappe.xcall("libes_mentoring.mentor_matching.runs.programmes");
	const [, wanted, run] = frappe.get_route();
	const rows = pool.programmes.map((row) => ({
		value: row.name,
		label: row.closed ? __("{0} (closed)", [row.title]) : __("{0} ({1} waiting)", [row.title, row.waiting]),
	}));
	pool.$programme.df.options = rows;
	pool.$programme.set_options();
	if (!rows.length) {
		draw_pool_empty(pool, __("You coordinate no programme."));
		return;
	}
	const known = (name) => rows.some((row) => row.value === name);
	const current = [wanted, pool.state && pool.state.programme, rows[0].value].find(known);
	pool.setting = true;
	await pool.$programme.set_value(current);
	pool.setting = false;
	await load_pool(pool, current, run);
}

async function choose_programme(pool) {
	const programme = pool.$programme.get_value();
	if (pool.setting || !programme || (pool.state && pool.state.programme === programme)) return;
	frappe.set_route("match-pool", programme);
}

/* The latest run of the programme, or one that was asked for by its number. */
async function load_pool(pool, programme, run) {
	const row = pool.programmes.find((other) => other.name === programme);
	const wanted = run || row.run;
	// Chosen while a call runs, which is about another programme: after it, and only if it is still the one chosen.
	while (pool.busy) await pool.running;
	if (pool.$programme.get_value() !== programme) return;
	if (wanted) {
		show_pool_state(pool, await pool_call(pool, "look", { run: wanted }));
		return;
	}
	pool.state = null;
	pool.programme = programme;
	const words = row.closed
		? __("This programme is closed, and has no run to look at.")
		: __("Waiting: {0}. Nobody has been planned yet.", [row.waiting]);
	draw_pool_empty(pool, words, !row.closed);
	refresh_pool_actions(pool);
}

/* Everything that follows from an answer of the server. The row that was looked at stays where it is. An answer about a
   programme that is not the chosen one any more is not drawn: what stands below the selector is what it says. */
function show_pool_state(pool, state) {
	if (!state || state.programme !== pool.$programme.get_value()) return;
	const before = pool.state;
	const position = before ? pool_rows(pool).findIndex((row) => row.key === pool.cursor) : 0;
	pool.state = state;
	pool.programme = state.programme;
	pool.explained = {};
	pool.ticked = new Set([...pool.ticked].filter((key) => pool_rows(pool).some((row) => row.key === key && row.state === "Proposed")));
	const rows = pool_rows(pool);
	if (!rows.some((row) => row.key === pool.cursor)) {
		// The same mentee under another mentor is still the one that was looked at.
		const mentee = (pool.cursor || "").split("|")[1];
		const same = rows.find((row) => row.mentee === mentee) || rows[Math.max(0, Math.min(position, rows.length - 1))];
		pool.cursor = same ? same.key : null;
	}
	draw_pool_banner(pool);
	draw_pool_figures(pool);
	draw_pool_list(pool);
	draw_pool_detail(pool);
	refresh_pool_actions(pool);
}

/* One call at a time; the page is not covered, so that focus stays where it is. Undefined where the server refused. */
async function pool_call(pool, method, args) {
	if (pool.busy) return undefined;
	pool.running = ask_for_pool(pool, method, args);
	return pool.running;
}

async function ask_for_pool(pool, method, args) {
	pool.busy = true;
	pool.$body.attr("aria-busy", "true").addClass("is-busy");
	try {
		return await frappe.xcall(`libes_mentoring.mentor_matching.runs.${method}`, args);
	} catch (error) {
		// The desk has shown the server's words already.
		return undefined;
	} finally {
		pool.busy = false;
		pool.$body.attr("aria-busy", "false").removeClass("is-busy");
	}
}
