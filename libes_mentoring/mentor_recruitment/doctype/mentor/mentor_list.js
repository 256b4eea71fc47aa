frappe.listview_settings["Mentor"] = {
	add_fields: ["stage", "screening_column", "blocked_by", "blocked_since", "screening_reminded_on"],

	get_indicator(doc) {
		if (doc.blocked_since) {
			return [
				waiting_words(doc.blocked_since),
				doc.screening_reminded_on ? "red" : "orange",
				`screening_column,=,${doc.screening_column}`,
			];
		}
		const colours = { Available: "green", Paused: "purple", Left: "darkgrey" };
		return [__(doc.stage), colours[doc.stage] || "gray", `stage,=,${doc.stage}`];
	},

	// Also after a board was drawn: how many cards stand in a column, and how long each has waited.
	refresh(view) {
		if (view.view_name === "Kanban" && view.board && view.board.field_name === "screening_column") {
			describe_board(view);
		}
	},
};

const SHOWN_IN_A_COLUMN = 30;

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

function describe_board(view) {
	const waiting = {};
	view.data.forEach((doc) => {
		waiting[doc.screening_column] = (waiting[doc.screening_column] || 0) + 1;
	});
	view.$result.find(".kanban-column[data-column-value]").each((_index, column) => {
		const name = column.dataset.columnValue;
		const count = waiting[name] || 0;
		const $title = $(column).find(".kanban-column-title").first();
		$title.find("[data-count]").remove();
		const $count = $(`<span class="text-muted small" data-count></span>`).text(
			count > SHOWN_IN_A_COLUMN ? `${SHOWN_IN_A_COLUMN}+` : count
		);
		if (count > SHOWN_IN_A_COLUMN) {
			$count.attr("title", __("Those who have waited longest are shown. The list has all of them."));
		}
		$title.append(" ", $count);
	});
}
