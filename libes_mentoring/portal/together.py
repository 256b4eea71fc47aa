"""What a volunteer sees of a first meeting, of what was agreed at it, and of a group: named fields and nothing more.

Of a group a volunteer reads its name and its next meeting; of the others in it, nothing: own mentees stand beside it by
their aliases, and who else comes is met there.
"""

from collections import Counter, defaultdict
from datetime import date

import frappe
from frappe.utils import format_time, getdate

from libes_mentoring.mentoring_relationship.first_meeting import plan_of
from libes_mentoring.mentoring_relationship.first_meeting_agreed import SHARED
from libes_mentoring.mentoring_relationship.first_meeting_sheets import caregivers_of, staff_in_words
from libes_mentoring.mentoring_relationship.lifecycle import INITIATION


def first_meeting(row: frappe._dict) -> dict:
	"""Day, time, place and staff of the first meeting of one of the volunteer's own matches (`scope.MATCH_FIELDS`)."""
	plan = plan_of(row)
	ahead = row.stage == INITIATION and bool(plan.first_meeting_on)
	return {
		"first_meeting_on": plan.first_meeting_on,
		"first_meeting_at": format_time(str(plan.first_meeting_at), "HH:mm")
		if plan.first_meeting_at
		else None,
		"place": plan.first_meeting_place,
		"staff": _staff(row, plan.first_meeting_staff) if ahead else None,
		"first_meeting_is_ahead": ahead and getdate(plan.first_meeting_on) >= getdate(),
	}


def groups_of(rows: list[frappe._dict]) -> dict[str, dict]:
	"""group → `{"name", "next_meeting_on", "mine" (own matches in it)}`, of these matches' groups."""
	names = {row.mentoring_group for row in rows if row.mentoring_group}
	if not names:
		return {}
	# Read past permissions: a volunteer sees these two fields of the groups of own matches only.
	found = frappe.get_all(
		"Mentoring Group", filters={"name": ("in", names)}, fields=["name", "group_name", "next_meeting_on"]
	)
	mine = Counter(row.mentoring_group for row in rows)
	return {
		row.name: {"name": row.group_name, "next_meeting_on": row.next_meeting_on, "mine": mine[row.name]}
		for row in found
	}


def days_of(group: dict | None) -> list[date]:
	"""The day of a group's next meeting, while it lies ahead."""
	day = group and group["next_meeting_on"]
	return [getdate(day)] if day and getdate(day) >= getdate() else []


def shared_goals(matches: list[str]) -> dict[str, list[str]]:
	"""match → goals that a mentor reads: shared ones, and personal ones that are marked. No others leave the house."""
	found = defaultdict(list)
	for row in frappe.get_all(
		"Match Goal",
		filters={"parenttype": "Match", "parent": ("in", matches or [""])},
		or_filters={"whose": SHARED, "mentor_may_read": 1},
		fields=["parent", "goal"],
		order_by="idx asc",
	):
		found[row.parent].append(row.goal)
	return found


def _staff(row: frappe._dict, staff: str | None) -> str:
	programme = frappe.get_cached_doc("Mentoring Programme", row.programme)
	return staff_in_words(staff, programme, caregivers_of(row) if staff else ())
