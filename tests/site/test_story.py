"""The whole story once, on a real site: from the organisation's spreadsheet to the certificate."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentor_matching import suggestions
from libes_mentoring.mentor_recruitment import portal_account
from libes_mentoring.mentoring_evaluation import figures
from libes_mentoring.mentoring_programme.doctype.mentoring_import import mentoring_import
from libes_mentoring.mentoring_relationship import closing, first_meeting, reminders
from libes_mentoring.portal import matches, meetings, papers
from libes_mentoring.spreadsheets.sample import build_sample_workbook

RECORDS = (
	"Mentor",
	"Mentee",
	"Mentee Case File",
	"Mentee Consent",
	"Match",
	"CheckIn",
	"Closure",
	"Meeting Log",
)


def counted() -> dict[str, int]:
	return {doctype: frappe.db.count(doctype) for doctype in RECORDS}


@pytest.mark.req("S4", "S5", "S6", "S7", "E5", "M2", "M3", "L2", "L3", "C1", "C4", "R10", "P8")
def test_from_the_spreadsheet_to_the_certificate():
	programme = factories.programme(purpose="Prescriptive", public_name="Side by Side")
	coordinator, caregiver, manager = programme.coordinator, factories.social_worker(), factories.manager()
	frappe.set_user(coordinator)
	nobody = counted()
	assert set(nobody.values()) == {0}

	# The organisation's own spreadsheet: checked first, which writes nobody.
	record = bring(build_sample_workbook(getdate()), programme.name, caregiver.name)
	checked = mentoring_import.check(record.name)
	assert checked["counts"] == {"New": 93, "Already here": 0, "Duplicate": 2, "Refused": 2}
	assert counted() == nobody
	assert mentoring_import.apply(record.name)["imported"] == 0 and counted() == nobody

	# Then imported without the two bad rows; once more brings nobody twice.
	record.reload()
	record.mode = "Import the others"
	record.save()
	assert mentoring_import.apply(record.name)["imported"] == 93
	imported = {**nobody, "Mentor": 55, "Mentee": 38, "Mentee Case File": 38, "Mentee Consent": 33}
	assert counted() == imported
	again = mentoring_import.apply(record.name)
	assert again["imported"] == 0 and again["counts"] == {
		"New": 0,
		"Already here": 95,
		"Duplicate": 0,
		"Refused": 2,
	}
	assert counted() == imported
	stages = {stage: frappe.db.count("Mentor", {"stage": stage}) for stage in ("Available", "Screening")}
	assert stages == {"Available": 42, "Screening": 13}
	assert frappe.db.count("Mentee", {"status": "Ready"}) == 28
	assert figures.waiting_mentees()["value"] == 28 and figures.available_mentors()["value"] == 42

	# Every ready mentee gets suggestions, and no suggested pair breaks a refusal.
	ready = frappe.get_all("Mentee", {"status": "Ready"}, pluck="name")
	found = {mentee: suggestions.suggest_mentors(mentee) for mentee in ready}
	assert all(answer["looked_at"] == 42 and not answer["blockers"] for answer in found.values())
	assert sum(bool(answer["suggestions"]) for answer in found.values()) >= 26
	for mentee, answer in found.items():
		check_refusals(mentee, [row["mentor"] for row in answer["suggestions"]])
		scores = [row["score"] for row in answer["suggestions"]]
		assert scores == sorted(scores, reverse=True)

	# The best suggestion becomes a match, with its check-ins and its closure.
	mentee = next(name for name, answer in found.items() if answer["suggestions"])
	mentor = found[mentee]["suggestions"][0]["mentor"]
	match = frappe.get_doc("Match", suggestions.accept(mentee, mentor))
	check_ins = factories.check_ins(match)
	assert [str(row.due_on) for row in check_ins[:2]] == [
		add_days(nowdate(), 14),
		add_days(nowdate(), 30),
	]
	assert len(check_ins) == 9 and counted()["Closure"] == 1
	assert figures.running_matches()["value"] == 1 and figures.waiting_mentees()["value"] == 27

	# The mentor signs the agreement, sees the match by its alias, and logs the first meetings.
	volunteer = portal_account.invite(mentor)
	frappe.db.set_value("Match", match.name, "matched_on", add_days(nowdate(), -20))
	with factories.as_user(volunteer):
		[shown] = matches.my_matches()
		assert shown["alias"] == mentee and shown["programme"] == "Side by Side"
		with pytest.raises(frappe.ValidationError, match="future"):
			meetings.log_meeting(match.name, add_days(nowdate(), 365), 90, "In person")
		for days_ago in (12, 3):
			meetings.log_meeting(
				match.name, add_days(nowdate(), -days_ago), 90, "In person", activity="A walk"
			)
		assert len(matches.my_matches()[0]["meetings"]) == 2
	match.reload()
	match.first_meeting_on = add_days(nowdate(), -12)
	match.save()
	first_meeting.complete_first_meeting(
		match.name, 2, 90, "In person", "Get to know the town together.", covered=[row.item for row in match.checklist]
	)

	# Nobody calls: the coordinator is reminded, and then a manager is told.
	first = check_ins[0]
	for day in (12, 14, 22):
		reminders.handle(first.name, getdate(add_days(nowdate(), day)))
	told = {
		user: frappe.db.count("Notification Log", {"for_user": user}) for user in (coordinator, manager.name)
	}
	assert told == {coordinator: 1, manager.name: 1}

	# The match comes to its end, step by step; the mentor's view of it ends the same day.
	closure = factories.close(match)
	assert closure.status == "Completed"
	with factories.as_user(volunteer):
		assert matches.my_matches() == []
		[certificate] = papers.my_certificates()
		assert certificate["closure"] == closure.name
	printed = frappe.get_print("Closure", closure.name, print_format="Mentor Certificate")
	name = frappe.db.get_value("Mentee Case File", {"mentee": mentee}, "full_name")
	assert frappe.db.get_value("Mentor", mentor, "full_name") in printed and "Side by Side" in printed
	assert mentee not in printed and name not in printed
	assert figures.running_matches()["value"] == 0
	with pytest.raises(frappe.ValidationError):
		closing.complete(closure.name)


def bring(content: bytes, programme: str, caregiver: str):
	upload = frappe.get_doc(
		{"doctype": "File", "file_name": "mentoring-sample.xlsx", "is_private": 1, "content": content}
	).insert()
	return frappe.get_doc(
		{
			"doctype": "Mentoring Import",
			"workbook": upload.file_url,
			"programme": programme,
			"caregiver": caregiver,
		}
	).insert()


def check_refusals(mentee: str, mentors: list[str]) -> None:
	"""Each refusal, read from the record itself and not by the engine's own eyes."""
	person = frappe.get_doc("Mentee", mentee)
	for wish in person.wishes:
		if wish.strength != "Refused":
			continue
		for name in mentors:
			mentor = frappe.get_doc("Mentor", name)
			if wish.about == "Gender":
				assert mentor.gender != wish.gender
			elif wish.about == "Co-national":
				assert mentor.nationality != person.nationality
			elif wish.about == "Mentor kind":
				assert mentor.mentor_kind != wish.mentor_kind
