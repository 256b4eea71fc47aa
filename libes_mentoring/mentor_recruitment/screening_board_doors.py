"""Which of Frappe's own functions answer through `screening_board_calls` where a board of mentors is meant. Pure."""

CALLS = "libes_mentoring.mentor_recruitment.screening_board_calls"
KANBAN = "frappe.desk.doctype.kanban_board.kanban_board"

BOARD_OVERRIDES: dict[str, str] = {
	"frappe.desk.reportview.get": f"{CALLS}.get",
	f"{KANBAN}.update_order": f"{CALLS}.update_order",
	f"{KANBAN}.update_order_for_single_card": f"{CALLS}.update_order_for_single_card",
	f"{KANBAN}.add_card": f"{CALLS}.add_card",
}
