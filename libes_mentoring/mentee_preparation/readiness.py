"""When a mentee may be matched: the caregiver's judgement and the mentee's own consent.

Source: handbook, "The population served" and "Preparing the mentees". No stage of recovery is assumed.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime, nowdate

from libes_mentoring.blocker import Blocker
from libes_mentoring.mentee_preparation.consent import GIVEN, consents_of

JUDGEMENT = ("psychologically_ready", "emotionally_ready", "basic_needs_covered")


def open_preparation_of(mentees: list[str]) -> dict[str, list[Blocker]]:
	"""What is missing before each mentee can be called ready; an empty list where nothing is."""
	judged = {
		row.mentee: all(row.get(field) == "Yes" for field in JUDGEMENT)
		# Read past permissions: only whether the judgement is complete leaves this function.
		for row in frappe.get_all(
			"Mentee Case File", filters={"mentee": ("in", mentees)}, fields=["mentee", *JUDGEMENT]
		)
	}
	consents, uninducted = consents_of(mentees), _with_open_induction(mentees)
	found: dict[str, list[Blocker]] = {}
	for mentee in mentees:
		missing = []
		if consents.get(mentee) != GIVEN:
			missing.append(Blocker("consent_withdrawn" if mentee in consents else "consent_missing"))
		if not judged.get(mentee):
			missing.append(Blocker("not_judged_ready"))
		if mentee in uninducted:
			missing.append(Blocker("induction_open"))
		found[mentee] = missing
	return found


def blockers_by_mentee(mentees: list[str]) -> dict[str, list[Blocker]]:
	"""What stands between each mentee and a match, in a constant number of queries."""
	found = open_preparation_of(mentees)
	for row in frappe.get_all("Mentee", filters={"name": ("in", mentees)}, fields=["name", "status"]):
		if row.status != "Ready":
			found[row.name].insert(0, Blocker("mentee_not_ready", {"status": row.status}))
	return found


def move_ready_mentees(mentees: list[str]) -> list[str]:
	"""Calls those ready for whom nothing is missing, and gives their names. Safe to run again."""
	open_by_mentee = open_preparation_of(mentees)
	moved = []
	for name, missing in open_by_mentee.items():
		mentee = frappe.get_doc("Mentee", name)
		if mentee.status in ("Referred", "Preparing") and not missing:
			mentee.status = "Ready"
			# Called after an import by whoever may import; the caregiver's judgement has decided.
			mentee.save(ignore_permissions=True)
			moved.append(name)
	return moved


def mark_change(mentee: str) -> None:
	"""Leaves a mark on the mentee's record that consent or judgement changed, and waits for who has it locked.

	A match that is being made at this moment was made first, or sees the change (mentoring_relationship/opening).
	"""
	frappe.db.set_value("Mentee", mentee, "facts_changed_at", now_datetime(), update_modified=False)


def set_ready_date(mentee) -> None:
	"""Waiting time counts from the day a mentee became ready, and begins anew after a pause."""
	if mentee.status == "Ready":
		mentee.ready_on = mentee.ready_on or nowdate()
	else:
		mentee.ready_on = None


def sentence(blocker: Blocker) -> str:
	"""The blocker in a coordinator's words; it never repeats what stands in the case file."""
	texts = {
		"consent_missing": _("the mentee has not given consent"),
		"consent_withdrawn": _("the mentee has withdrawn consent"),
		"not_judged_ready": _("the caregiver has not recorded that the mentee is ready"),
		"induction_open": _("the induction is not complete"),
		"mentee_not_ready": _("the mentee's status is {status}"),
		"already_matched": _("the mentee has a running match"),
	}
	return texts[blocker.code].format(**{key: _(str(value)) for key, value in blocker.params.items()})


def _with_open_induction(mentees: list[str]) -> set[str]:
	"""Those with a topic open, in programmes that want the induction complete before a match."""
	mentee, topic = frappe.qb.DocType("Mentee"), frappe.qb.DocType("Mentee Induction Topic")
	programme = frappe.qb.DocType("Mentoring Programme")
	if not mentees:
		return set()
	return set(
		frappe.qb.from_(mentee)
		.inner_join(programme)
		.on(programme.name == mentee.programme)
		.inner_join(topic)
		.on((topic.parent == mentee.name) & (topic.parenttype == "Mentee"))
		.select(mentee.name)
		.where(mentee.name.isin(mentees) & (programme.induction_before_match == 1) & (topic.done == 0))
		.run(pluck=True)
	)


def refusal(blockers: list[Blocker]) -> str:
	"""One sentence that says why a mentee cannot be matched."""
	return _("This mentee cannot be matched: {0}.").format("; ".join(sentence(b) for b in blockers))
