// What counts in matching, in the form of a programme: a slider for each criterion, with the points it really brings.

const WEIGHTS = "libes_mentoring.mentor_matching.weights";
const DISTANCES = "libes_mentoring.mentor_matching.distances";

/* Sliders instead of the table of weights; the table stays where they cannot be drawn. */
async function show_weights(frm) {
	const name = frm.doc.name;
	const known = await frappe.xcall(
		`${WEIGHTS}.choices`,
		frm.is_new() ? {} : { programme: name }
	);
	// The answer may come when another record is already on the screen.
	if (frm.doc.name !== name) return;
	frm.match_choices = known;
	const $area = frm.get_field("weights_form").$wrapper;
	$area.html(weights_html(known, may_weigh(frm)));
	$area.off(".weights");
	$area.on("input.weights", "input[type=range]", (event) => {
		set_weights(frm, { [event.currentTarget.dataset.criterion]: Number(event.currentTarget.value) });
	});
	$area.on("click.weights", "[data-preset]", (event) => {
		const { preset } = event.currentTarget.dataset;
		set_weights(frm, known.presets.find((row) => row.name === preset).weights);
	});
	$area.on("click.weights", "[data-fill-in]", (event) => {
		frm.scroll_to_field(event.currentTarget.dataset.fillIn);
	});
	frm.toggle_display("match_weights", false);
	show_shares(frm);
}

function may_weigh(frm) {
	return frm.is_new() || may_write(frm);
}

/* The weights as they stand in the form; a programme that has chosen none has those that the server sent. */
function weights_in_form(frm) {
	const rows = frm.doc.match_weights || [];
	const weights = {};
	frm.match_choices.criteria.forEach(({ criterion, weight }) => {
		weights[criterion] = rows.length ? 0 : weight;
	});
	rows.forEach((row) => {
		if (row.criterion in weights) weights[row.criterion] = row.weight || 0;
	});
	return weights;
}

function set_weights(frm, changed) {
	const weights = { ...weights_in_form(frm), ...changed };
	const rows = frm.doc.match_weights || [];
	frm.match_choices.criteria.forEach(({ criterion }) => {
		const row =
			rows.find((other) => other.criterion === criterion) ||
			frm.add_child("match_weights", { criterion });
		row.weight = weights[criterion];
	});
	frm.dirty();
	show_shares(frm);
}

/* The points of 100 that each criterion brings: its part of what does not rest. The server counts the same way. */
function shares_in_form(frm, weights) {
	const resting = new Set(
		frm.match_choices.criteria
			.filter(({ fed_by }) => fed_by && !has_data(frm.doc[fed_by]))
			.map(({ criterion }) => criterion)
	);
	const counting = Object.keys(weights).filter((criterion) => !resting.has(criterion));
	const total = counting.reduce((sum, criterion) => sum + weights[criterion], 0);
	const shares = {};
	counting.forEach((criterion) => {
		shares[criterion] = total ? (100 * weights[criterion]) / total : 0;
	});
	return { shares, resting, total };
}

function has_data(value) {
	return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/* Brings every slider, number and bar up to what stands in the form; nothing is drawn anew, so the focus stays. */
function show_shares(frm) {
	if (!frm.match_choices) return;
	const $area = frm.get_field("weights_form").$wrapper;
	const weights = weights_in_form(frm);
	const { shares, resting, total } = shares_in_form(frm, weights);
	frm.match_choices.criteria.forEach(({ criterion }) => {
		const $row = $area.find(`[data-weight="${criterion}"]`);
		const share = shares[criterion] || 0;
		const points = resting.has(criterion)
			? __("rests")
			: __("{0} of 100 points", [format_number(share, null, 1)]);
		$row.toggleClass("resting", resting.has(criterion));
		$row.find("input")
			.val(weights[criterion])
			.attr("aria-valuetext", `${weights[criterion]}, ${points}`)
			.css("--at", `${weights[criterion]}%`);
		$row.find("[data-number]").text(weights[criterion]);
		$row.find("[data-share]").text(points);
		$row.find("[data-rests]").toggle(resting.has(criterion));
	});
	const own = (preset) => Object.keys(weights).every((name) => weights[name] === preset.weights[name]);
	const chosen = frm.match_choices.presets.find(own);
	$area.find("[data-preset]").each((_index, button) => {
		const pressed = Boolean(chosen) && button.dataset.preset === chosen.name;
		$(button).toggleClass("btn-primary", pressed).toggleClass("btn-default", !pressed);
		button.setAttribute("aria-pressed", String(pressed));
	});
	$area.find("[data-mixture]").text(
		total
			? chosen
				? __("Chosen: {0}.", [chosen.label])
				: __("A mixture of your own.")
			: __("Nothing counts now: move at least one slider, or choose a mixture.")
	);
}

function weights_html({ criteria, presets }, writable) {
	const escape = frappe.utils.escape_html;
	const buttons = presets.map(
		({ name, label }) => `
		<button type="button" class="btn btn-sm btn-default" data-preset="${escape(name)}" aria-pressed="false"
			${writable ? "" : "disabled"}>${escape(label)}</button>`
	);
	return `${weights_style()}
		<div class="match-weights">
			<div class="presets" role="group" aria-label="${__("Mixtures to begin with")}">${buttons.join("")}</div>
			<p class="text-muted" data-mixture aria-live="polite"></p>
			<div class="sliders">${criteria.map((row) => slider_html(row, writable)).join("")}</div>
		</div>`;
}

function slider_html({ criterion, label, help, weight, fed_by, rests }, writable) {
	const escape = frappe.utils.escape_html;
	const why = rests
		? `<div class="small rests" data-rests style="display: none">${escape(rests)}
			<button type="button" class="btn btn-link btn-xs p-0" data-fill-in="${escape(fed_by)}">${__(
				"Go there"
			)}</button></div>`
		: "";
	return `
		<div class="weight" data-weight="${criterion}">
			<div class="head">
				<label for="weight-${criterion}">${escape(label)}</label>
				<span class="share" data-share></span>
			</div>
			<div class="set">
				<input type="range" id="weight-${criterion}" min="0" max="100" step="1" value="${weight}"
					data-criterion="${criterion}" aria-describedby="weight-help-${criterion}"
					${writable ? "" : "disabled"}>
				<output class="number" for="weight-${criterion}" data-number></output>
			</div>
			<div class="small text-muted" id="weight-help-${criterion}">${escape(help)}</div>${why}
		</div>`;
}

function weights_style() {
	return `<style>
		.match-weights .presets { display: flex; flex-wrap: wrap; gap: 6px; margin-bottom: 8px; }
		.match-weights .sliders { display: grid; gap: 0 40px;
			grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
		.match-weights .weight { padding: 10px 0; border-top: 1px solid var(--border-color); }
		.match-weights .head, .match-weights .set { display: flex; align-items: center; gap: 12px; }
		.match-weights label { margin: 0; flex: 1; font-weight: 500; color: var(--text-color); }
		.match-weights .share, .match-weights .number { font-variant-numeric: tabular-nums; white-space: nowrap; }
		.match-weights .share { font-weight: 500; }
		.match-weights .number { flex: 0 0 26px; text-align: right; color: var(--text-muted); }
		.match-weights .resting label, .match-weights .resting .share { color: var(--text-muted); }
		.match-weights .rests { color: var(--orange-700, #a0522d); }
		.match-weights input[type="range"] { flex: 1; min-width: 0; height: 28px; margin: 0; background: none;
			-webkit-appearance: none; appearance: none; cursor: pointer; }
		.match-weights input[type="range"]:disabled { cursor: default; opacity: 0.6; }
		.match-weights input::-webkit-slider-runnable-track { height: 6px; border-radius: 3px;
			background: linear-gradient(to right, var(--primary) var(--at, 0%), var(--gray-300, #d1d5db) var(--at, 0%)); }
		.match-weights input::-moz-range-track { height: 6px; border-radius: 3px; background: var(--gray-300, #d1d5db); }
		.match-weights input::-moz-range-progress { height: 6px; border-radius: 3px; background: var(--primary); }
		.match-weights input::-webkit-slider-thumb { -webkit-appearance: none; width: 18px; height: 18px;
			margin-top: -6px; border-radius: 50%; border: 2px solid #fff; background: var(--primary);
			box-shadow: 0 0 2px rgba(0, 0, 0, 0.5); }
		.match-weights input::-moz-range-thumb { width: 14px; height: 14px; border: 2px solid #fff;
			background: var(--primary); box-shadow: 0 0 2px rgba(0, 0, 0, 0.5); }
		.match-weights input[type="range"]:focus-visible { outline: 2px solid var(--primary); outline-offset: -2px;
			border-radius: 6px; }
	</style>`;
}

// Distances ----------------------------------------------------------------------------------------------

/* Pairs of districts in use without a distance: a click begins the line. */
async function show_missing_distances(frm) {
	const $area = frm.get_field("distances_missing").$wrapper.empty();
	if (frm.is_new() || !may_write(frm) || !coordinates(frm)) return;
	const name = frm.doc.name;
	const found = await frappe.xcall(`${DISTANCES}.missing`, { programme: name });
	if (frm.doc.name !== name) return;
	$area.html(missing_html(found));
	$area.off(".distances").on("click.distances", "[data-one]", (event) => {
		const { one, other } = event.currentTarget.dataset;
		const row = frm.add_child("district_distances", { one_district: one, other_district: other });
		frm.refresh_field("district_distances");
		frm.dirty();
		$(event.currentTarget).prop("disabled", true);
		// The minutes are what is asked for.
		const grid_row = frm.fields_dict.district_distances.grid.grid_rows_by_docname[row.name];
		grid_row.toggle_editable_row(true);
		grid_row.wrapper.find("[data-fieldname=minutes] input").trigger("focus");
		show_shares(frm);
	});
}

function coordinates({ doc }) {
	const user = frappe.session.user;
	const as_staff = ({ user: other, duty }) => other === user && duty === "Coordinator";
	return doc.coordinator === user || (doc.staff || []).some(as_staff);
}

function missing_html({ pairs, more, without_district }) {
	const escape = frappe.utils.escape_html;
	const buttons = pairs.map(
		({ one_district, other_district }) => `
		<button type="button" class="btn btn-default btn-xs mr-1 mb-1" data-one="${escape(one_district)}"
			data-other="${escape(other_district)}">${escape(one_district)} – ${escape(other_district)}</button>`
	);
	const lines = [];
	if (pairs.length) {
		lines.push(`<p class="mb-1">${__("In use without a distance; choose one to enter it:")}</p>${buttons.join("")}`);
	} else {
		lines.push(`<p class="text-muted">${__("All districts in use have their distances.")}</p>`);
	}
	if (more) lines.push(`<p class="text-muted small">${__("And {0} more.", [more])}</p>`);
	if (without_district) {
		lines.push(
			`<p class="text-muted small">${__("People whose district is not recorded: {0}.", [without_district])}</p>`
		);
	}
	return `<div data-missing-distances>${lines.join("")}</div>`;
}
