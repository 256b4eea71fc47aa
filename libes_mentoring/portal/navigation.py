"""The pages of the volunteers' portal, as links at the top of each of them."""

from frappe import _


def links(current: str) -> list[dict]:
	"""`[{"path", "label", "current"}]`: the portal's pages in their order; `current` is the path of the page shown."""
	pages = (
		("/mentoring", _("My mentoring")),
		("/mentoring/policies", _("Rules and agreement")),
		("/mentoring/training", _("My training")),
		("/mentoring/peers", _("Other volunteers")),
		("/mentoring/care", _("How I am doing")),
		("/mentoring/expenses", _("My expenses")),
	)
	return [{"path": path, "label": label, "current": path == current} for path, label in pages]
