"""What may be written into the screening steps by hand, and what only the procedure behind a step writes.

References, the interview and the agreement have records of their own, with the people who decided; what stands in
the step follows from them. The other steps are entered by a coordinator, in their own name.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from libes_mentoring.mentor_recruitment.screening_rules import AGREEMENT, INTERVIEW, REFERENCES, TRAINING
from libes_mentoring.mentor_recruitment.screening_steps import NOT_PASSED, OPEN, PASSED

WITH_A_PROCEDURE = (REFERENCES, INTERVIEW, AGREEMENT)
FIELDS = ("outcome", "done_on", "valid_until", "decided_by", "note")


def check(mentor) -> None:
	"""Refuses a step that is passed past its procedure, or past a decision; notes who has changed one.

	Procedures, imports and set-up have asked before who may decide.
	"""
	if mentor.flags.by_procedure or mentor.flags.ignore_permissions:
		return
	before = mentor.get_doc_before_save()
	stored = {row.step: row for row in before.screening_steps} if before else {}
	steps = {row.step for row in mentor.screening_steps}
	for step, row in stored.items():
		if row.outcome != OPEN and step not in steps:
			frappe.throw(_("What became of a step is not taken away: {0}.").format(_(step)))
	for row in mentor.screening_steps:
		old = stored.get(row.step)
		if row.outcome != (old.outcome if old else OPEN):
			_check_change(row, old)
			row.decided_by = None if row.outcome == OPEN else frappe.session.user
			row.done_on = None if row.outcome == OPEN else row.done_on or getdate()
		elif old and row.step in WITH_A_PROCEDURE:
			row.update({field: old.get(field) for field in FIELDS})
		elif old:
			row.decided_by = old.decided_by


def _check_change(row, old) -> None:
	if row.step in WITH_A_PROCEDURE:
		ways = {
			REFERENCES: _("Ask for references, read them and decide on the step there."),
			INTERVIEW: _("Plan the interview and decide after it, on its own page."),
			AGREEMENT: _("Prepare the volunteer agreement under Papers; countersigning it passes the step."),
		}
		frappe.throw(
			_("{0} is not decided in this table.").format(_(row.step)) + " " + ways[row.step],
			title=_("Not changed"),
		)
	said = (row.note or "").strip()
	new_words = bool(said) and said != ((old.note if old else "") or "").strip()
	if old and old.outcome == NOT_PASSED and not new_words:
		frappe.throw(
			_("{0} was not passed. Please write down in the note why it is decided anew.").format(
				_(row.step)
			),
			frappe.MandatoryError,
		)
	if row.step == TRAINING and row.outcome == PASSED and not new_words:
		frappe.throw(
			_("Please write down in the note where and when the training was done."), frappe.MandatoryError
		)
