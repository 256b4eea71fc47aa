"""What the printed papers of the training say. Named facts for the print formats, and nothing about a mentee.

Source: handbook, "Training" and "Recognition".
"""

import frappe
from frappe import _
from frappe.utils import flt

from libes_mentoring.access.printed import facts_of
from libes_mentoring.mentor_recruitment import training_plan
from libes_mentoring.mentoring_programme.letterhead import letterhead


@facts_of("Mentor")
def training_certificate_facts(mentor: str) -> frappe._dict:
	"""What the training certificate says: who, which training, when and how long, in which programme (its name for
	the outside)."""
	row = frappe.db.get_value("Mentor", mentor, ["full_name", "programme"], as_dict=True)
	programme = frappe.get_cached_doc("Mentoring Programme", row.programme)
	house = letterhead()
	attended = sorted(training_plan.history(mentor), key=lambda line: line.held_on)
	return frappe._dict(
		organisation=house["organisation"],
		address=house["address"],
		mentor=row.full_name,
		programme=programme.public_name,
		coordinator=frappe.db.get_value("User", programme.coordinator, "full_name"),
		lines=[(line.title, line.held_on, hours_in_words(line.hours)) for line in attended],
		total=hours_in_words(sum(flt(line.hours) for line in attended)),
	)


@facts_of("Training Session")
def attendance_sheet_facts(session: str) -> frappe._dict:
	"""What the attendance sheet of a session says: where, when, with whom, the list, the code."""
	doc = frappe.get_doc("Training Session", session)
	people = frappe.get_all(
		"Training Attendance",
		filters={"session": session, "status": ("!=", "Excused")},
		pluck="mentor_name",
		order_by="mentor_name asc, name asc",
	)
	return frappe._dict(
		organisation=letterhead()["organisation"],
		programme=frappe.db.get_value("Mentoring Programme", doc.programme, "public_name"),
		title=doc.title,
		starts_at=doc.starts_at,
		ends_at=doc.ends_at,
		place=doc.place,
		trainer=doc.trainer_name,
		code=doc.attendance_code,
		people=people,
	)


def hours_in_words(hours: float) -> str:
	hours = flt(hours, 2)
	return _("1 hour") if hours == 1 else _("{0} hours").format(f"{hours:g}")
