{% include "libes_mentoring/public/desk/waiting.js" %}

// Mentors with a quiet flag; the server names them to the coordinators of their programme alone.
const quietly_flagged = new Set();

frappe.listview_settings["Mentor"] = {
	// The number says nothing, and its room is needed for what does.
	hide_name_column: true,
	add_fields: ["stage", "screening_column", "blocked_by", "blocked_since", "screening_reminded_on", "turned_down_on", "waiting_since"],

	async onload(list) {
		if (!frappe.model.can_read("Mentor Wellbeing Note")) return;
		const names = await frappe.xcall("libes_mentoring.mentor_support.wellbeing.flagged_mentors");
		quietly_flagged.clear();
		names.forEach((name) => quietly_flagged.add(name));
		if (names.length) list.render_list();
	},

	get_indicator(doc) {
		if (doc.turned_down_on) return [__("Turned down"), "red", "turned_down_on,is,set"];
		if (doc.blocked_since) {
			return [
				waiting_words(doc.blocked_since),
				doc.screening_reminded_on ? "red" : "orange",
				`screening_column,=,${doc.screening_column}`,
			];
		}
		const colours = { Available: "green", Paused: "purple", Left: "darkgrey" };
		const stage = quietly_flagged.has(doc.name) ? `${__(doc.stage)} ⚑` : __(doc.stage);
		if (doc.stage === "Available" && doc.waiting_since) {
			// The figure that is read; the list is sorted by its day.
			return [`${stage}, ${days_waited(doc.waiting_since)}`, "green", "waiting_since,is,set"];
		}
		return [stage, colours[doc.stage] || "gray", `stage,=,${doc.stage}`];
	},

	// Also after a board was drawn: how many cards stand in each column.
	refresh(view) {
		if (view.view_name === "Kanban" && view.board && view.board.field_name === "screening_column") {
			describe_board(view);
		}
	},
};

const SHOWN_IN_A_COLUMN = 20;

function waiting_words(since) {
	const days = frappe.datetime.get_day_diff(frappe.datetime.get_today(), since);
	if (days <= 0) return __("open since today");
	return days === 1 ? __("blocked for 1 day") : __("blocked for {0} days", [days]);
}

// On a card the day reads as what it means.
const since_field = frappe.meta.get_docfield("Mentor", "blocked_since");
if (since_field) {
	since_field.formatter = (value) => (value ? waiting_words(value) : "");
}

/* The framework draws the columns anew after each answer, so they are described each time. */
function describe_board(view) {
	if (view.column_watch) view.column_watch.disconnect();
	view.column_watch = new MutationObserver(() => {
		const bare = view.$result.find(".kanban-column[data-column-value]:not(:has([data-count]))");
		if (bare.length) count_cards(view);
	});
	view.column_watch.observe(view.$result.get(0), { childList: true, subtree: true });
	count_cards(view);
}

function count_cards(view) {
	const waiting = {};
	view.data.forEach((doc) => {
		waiting[doc.screening_column] = (waiting[doc.screening_column] || 0) + 1;
	});
	view.$result.find(".kanban-column[data-column-value]").each((_index, column) => {
		const name = column.dataset.columnValue;
		const count = waiting[name] || 0;
		const $title = $(column).find(".kanban-column-title").first();
		$title.find("[data-count]").remove();
		const $count = $(`<span class="text-muted small ml-2" data-count></span>`).text(
			count > SHOWN_IN_A_COLUMN ? `${SHOWN_IN_A_COLUMN}+` : count
		);
		if (count > SHOWN_IN_A_COLUMN) {
			$count.attr("title", __("Those who have waited longest are shown. The list has all of them."));
		}
		$title.append($count);
	});
}

show_days_waited("Mentor");
