"""What became of one screening step, written by the procedure that decides it: references, interview, training …

Whoever calls has checked that the person acting may decide; the record itself is then written past the
permissions on Mentor, since a trainer or a candidate's own signature may stand behind it.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

OUTCOMES = OPEN, PASSED, NOT_PASSED = ("Open", "Passed", "Not passed")


def record_outcome(
	mentor: str,
	step: str,
	outcome: str,
	*,
	done_on: date | None = None,
	valid_until: date | None = None,
	decided_by: str | None = None,
	note: str = "",
) -> None:
	"""Writes the outcome (one of `OUTCOMES`) of a step (one of `screening_rules.STEPS`, but the record check).

	`done_on` is today unless given; `valid_until` the last day on which it counts, None for always. A candidate
	whose screening begins with it moves from Applied to Screening. Running twice with the same words changes
	nothing. Raises ValidationError for a step that the mentor does not have.
	"""
	# Read by the lock: two procedures may decide two steps of one person at the same moment.
	doc = frappe.get_doc("Mentor", mentor, for_update=True)
	row = next((row for row in doc.screening_steps if row.step == step), None)
	if not row:
		frappe.throw(_("This mentor has no such step: {0}.").format(_(step)))
	row.update(
		{
			"outcome": outcome,
			"done_on": None if outcome == OPEN else done_on or getdate(),
			"valid_until": valid_until,
			"decided_by": None if outcome == OPEN else decided_by or frappe.session.user,
			"note": note or row.note,
		}
	)
	if doc.stage == "Applied" and outcome != OPEN:
		doc.stage = "Screening"
	doc.flags.by_procedure = True
	doc.save(ignore_permissions=True)
