"""An erasure reaches what hangs on the person by less than a name: links, mails of the framework, spreadsheets."""

import io
from pathlib import Path

import factories
import frappe
import pytest
from erasure_helpers import Canaries, file, insert, request_for, where_found
from openpyxl import Workbook

from libes_mentoring.mentoring_privacy import erasure
from libes_mentoring.mentoring_programme.doctype.mentoring_import import mentoring_import

pytestmark = [pytest.mark.req("P8", "S3"), pytest.mark.commits]


@pytest.fixture
def officer():
	return factories.privacy_officer().name


def erase(officer: str, doc) -> dict:
	with factories.as_user(officer):
		request = request_for(doc)
		seen = erasure.preview(request.name)
		done = erasure.erase(request.name, doc.name)
	frappe.db.commit()
	assert seen["items"] == done["items"] and seen["left_over"] == done["left_over"]
	return done


def fates(done: dict) -> dict[str, list[str]]:
	found: dict[str, list[str]] = {}
	for row in done["items"]:
		found.setdefault(row["what"], []).append(row["fate"])
	return found


def index(doctype: str, name: str, text: str) -> None:
	frappe.db.sql(
		"insert into __global_search (doctype, name, title, content, route, published) values (%s,%s,'',%s,'',0)",
		(doctype, name, text),
	)


def test_the_search_index_forgets_what_is_deleted(officer):
	canary, mentee = Canaries(), factories.mentee()
	ref = {"reference_doctype": "Mentee", "reference_name": mentee.name}
	note = insert("Communication", subject="x", content="x", **ref)
	task = insert("ToDo", description="x", reference_type="Mentee", reference_name=mentee.name)
	for doc in (note, task):
		index(doc.doctype, doc.name, canary())
	frappe.db.commit()
	assert len(where_found(canary.all)) == 2
	erase(officer, mentee)
	assert where_found(canary.all) == []


def records_about(mentee) -> list:
	"""One of each kind of record that says something of the mentee."""
	match = factories.match(mentee=mentee, growing=True)
	factories.meeting_log(match)
	factories.consent(mentee)
	factories.close(match)
	disclosure = insert("Match Disclosure", mentoring_match=match.name, state="No")
	found = [
		frappe.get_doc(doctype, name)
		for doctype, filters in (
			("Mentee Consent", {"mentee": mentee.name}),
			("CheckIn", {"mentoring_match": match.name}),
			("Meeting Log", {"mentoring_match": match.name}),
			("Closure", {"mentoring_match": match.name}),
		)
		for name in frappe.get_all(doctype, filters, pluck="name")
	]
	return [match, disclosure, *found]


def test_mails_of_the_framework_about_any_record_go(officer):
	mentee = factories.mentee()
	reader = factories.coordinator().name
	records = records_about(mentee)
	assert {doc.doctype for doc in records} >= {
		"CheckIn",
		"Meeting Log",
		"Mentee Consent",
		"Match Disclosure",
	}
	canary = Canaries()
	already = set(frappe.get_all("Email Queue", pluck="name"))
	for doc in records:
		notice = {"type": "Assignment", "for_user": reader, "from_user": "Administrator", "subject": canary()}
		to = {"document_type": doc.doctype, "document_name": doc.name}
		frappe.get_doc({"doctype": "Notification Log", **notice, **to}).insert(ignore_permissions=True)
	frappe.db.commit()
	mails = set(frappe.get_all("Email Queue", pluck="name")) - already
	assert len(mails) == len(records)
	assert not [name for name in mails if frappe.db.get_value("Email Queue", name, "reference_name")]
	assert len([each for each in where_found(canary.all) if each.startswith("tabEmail Queue:")]) == len(
		records
	)
	erase(officer, mentee)
	assert where_found(canary.all) == []


def links_of(mentee, canary: Canaries, *others: dict) -> list:
	to = [{"link_doctype": "Mentee", "link_name": mentee.name}, *others]
	rows = [{"reference_doctype": row["link_doctype"], "reference_docname": row["link_name"]} for row in to]
	contact = insert(
		"Contact",
		first_name=canary(),
		last_name=canary(),
		email_ids=[{"email_id": f"{canary().split()[1]}@example.org"}],
		phone_nos=[{"phone": canary()[:140]}],
		links=to,
	)
	address = insert("Address", address_title=canary(), address_line1=canary(), links=to)
	event = insert("Event", subject=canary(), description=canary(), event_participants=rows)
	insert("Comment", comment_type="Comment", content=canary(), **_at(contact))
	insert("Comment", comment_type="Comment", content=canary(), **_at(event))
	file(canary().encode(), address.doctype, address.name)
	index(contact.doctype, contact.name, canary())
	call = [{"reference_doctype": "Contact", "reference_docname": contact.name}]
	later = insert("Event", subject=canary(), event_participants=[*call, *rows[1:]])
	return [contact, address, event, later]


def _at(doc) -> dict:
	return {"reference_doctype": doc.doctype, "reference_name": doc.name}


def test_events_addresses_and_contacts_go_with_all_that_hangs_on_them(officer):
	canary, mentee = Canaries(), factories.mentee()
	docs = links_of(mentee, canary)
	frappe.db.commit()
	assert len(where_found(canary.all)) >= len(canary.all)
	done = erase(officer, mentee)
	assert where_found(canary.all) == []
	assert [doc for doc in docs if frappe.db.exists(doc.doctype, doc.name)] == []
	assert {"Address", "Contact", "Event"} <= set(fates(done)) and not done["left_over"]


def test_what_somebody_else_is_linked_with_stays_and_is_said_beforehand(officer):
	canary, mentee = Canaries(), factories.mentee()
	docs = links_of(mentee, canary, {"link_doctype": "User", "link_name": "Administrator"})
	frappe.db.commit()
	done = erase(officer, mentee)
	assert all(frappe.db.exists(doc.doctype, doc.name) for doc in docs)
	assert where_found([mentee.name]) and not frappe.db.exists("Dynamic Link", {"link_name": mentee.name})
	for kind in ("Address", "Contact", "Event"):
		assert f"{kind}: 1 are linked with somebody else too" in done["left_over"]
	assert mentee.name not in done["left_over"]


# Spreadsheets -------------------------------------------------------------------------------------------

HEAD = ["Name", "Date of birth", "Remarks"]


def imported(programme, *rows, apply=True, name="people.xlsx", content=None):
	"""A spreadsheet of mentees, brought in by the programme's coordinator."""
	if content is None:
		book = Workbook()
		book.active.title = "Mentees"
		for row in (HEAD, *rows):
			book.active.append(row)
		out = io.BytesIO()
		book.save(out)
		content = out.getvalue()
	with factories.as_user(programme.coordinator):
		upload = frappe.get_doc({"doctype": "File", "file_name": name, "content": content, "is_private": 1})
		values = {"programme": programme.name, "caregiver": factories.social_worker().name}
		values |= {"workbook": upload.insert().file_url, "mode": "Import nothing"}
		doc = frappe.get_doc({"doctype": "Mentoring Import", **values}).insert()
		if apply:
			mentoring_import.apply(doc.name)
	return doc


def mentee_called(name: str):
	return frappe.get_doc("Mentee", frappe.db.get_value("Mentee Case File", {"full_name": name}, "mentee"))


def correct_name(mentee, name: str) -> None:
	case_file = frappe.get_doc("Mentee Case File", {"mentee": mentee.name})
	case_file.full_name = name
	case_file.save(ignore_permissions=True)


def is_kept(doc) -> bool:
	stored = frappe.db.get_value("Mentoring Import", doc.name, "workbook")
	on_disk = (Path(frappe.get_site_path()) / doc.workbook.lstrip("/")).exists()
	assert bool(stored) == on_disk
	return on_disk


def test_the_spreadsheet_goes_also_after_the_name_was_corrected(officer):
	canary, programme = Canaries(), factories.programme()
	mine = imported(programme, ["Ottilie Quenby", "3.4.1999", canary()], ["Rufus Brayshaw", "1.1.1990", "x"])
	other = imported(programme, ["Someone Elsewhere", "5.5.1995", "y"])
	frappe.db.commit()
	mentee = mentee_called("Ottilie Quenby")
	correct_name(mentee, "Tilda Marchbanks")
	frappe.db.commit()
	assert where_found(["Ottilie Quenby"])
	done = erase(officer, mentee)
	assert where_found([*canary.all, "Ottilie Quenby"]) == []
	assert not is_kept(mine) and is_kept(other)
	assert fates(done)["Mentoring Import"] == ["The spreadsheet is deleted with everybody in it, counts stay"]


def test_somebody_entered_by_hand_whom_a_spreadsheet_met_later(officer):
	programme = factories.programme()
	mentee = factories.mentee(programme=programme)
	case_file = frappe.get_doc("Mentee Case File", {"mentee": mentee.name})
	case_file.update({"full_name": "Ottilie Quenby", "birth_date": "1999-04-03"})
	case_file.save(ignore_permissions=True)
	met = imported(programme, ["Ottilie Quenby", "3.4.1999", "x"])
	strange = imported(programme, ["Someone Elsewhere", "5.5.1995", "y"])
	correct_name(mentee, "Tilda Marchbanks")
	frappe.db.commit()
	erase(officer, mentee)
	assert not is_kept(met) and is_kept(strange)


def test_a_spreadsheet_that_cannot_be_read_may_hold_anybody_of_its_programme(officer):
	programme, mentee = factories.programme(), factories.mentee()
	mentee_here = factories.mentee(programme=programme)
	damaged = imported(programme, content=b"PK\x03\x04 cut short", apply=False)
	frappe.db.commit()
	erase(officer, mentee)
	assert is_kept(damaged)
	erase(officer, mentee_here)
	assert not is_kept(damaged)
