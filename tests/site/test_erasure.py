"""Erasing a person: nothing of them is left in any column of any table or on the disk, and every count stays."""

import base64
import gzip
import json
from pathlib import Path

import factories
import frappe
import pytest
from erasure_helpers import Canaries, file, insert, request_for, where_found

from libes_mentoring.mentor_recruitment import references, status_link
from libes_mentoring.mentoring_privacy import erasure, persons, subject_access
from libes_mentoring.mentoring_relationship import concerns

pytestmark = pytest.mark.req("P8", "S3")

NAME, OTHER = "Zoé Quillfeather", "Ansel Harrowgate"
EMAIL = "zoe.quillfeather@example.org"
PHONE = "+32 470 99 88 77"


def figures() -> dict:
	"""What reports are made of."""
	counted = {
		"mentees": frappe.get_all("Mentee", fields=["programme", "gender"], order_by="name", as_list=True),
		"mentors": frappe.get_all(
			"Mentor", fields=["programme", "gender", "mentor_kind"], order_by="name", as_list=True
		),
		"matches": frappe.get_all(
			"Match", fields=["programme", "matched_on", "closed_on", "stage"], order_by="name", as_list=True
		),
		"meetings": frappe.get_all(
			"Meeting Log", fields=["met_on", "length_minutes", "medium"], order_by="name", as_list=True
		),
		"contacts": frappe.get_all(
			"CheckIn", fields=["status", "contact_kind", "done_on"], order_by="name", as_list=True
		),
		"closures": frappe.get_all("Closure", fields=["reason", "timing"], order_by="name", as_list=True),
		"consents": frappe.get_all(
			"Mentee Consent", fields=["given_on", "how"], order_by="name", as_list=True
		),
	}
	return counted


def story(canary: Canaries):
	"""A closed match with words everywhere: `(mentee, mentor, match)`. The two bear the names above."""
	programme = factories.programme()
	mentor = factories.mentor(
		programme=programme, full_name=OTHER, email="ansel.harrowgate@example.org", mobile="+32 470 11 22 33"
	)
	factories.volunteer(
		mentor, email="ansel.harrowgate@example.org", first_name="Ansel", last_name="Harrowgate"
	)
	mentor.reload()
	mentee = factories.mentee(programme=programme, motivation=canary(), goals=canary(), strengths=canary())
	case_file = frappe.get_doc("Mentee Case File", {"mentee": mentee.name})
	case_file.update(
		{"full_name": NAME, "known_as": "Zozo Quill", "email": EMAIL, "phone": PHONE, "address": canary()}
	)
	case_file.update({"background": canary(), "safety_note": canary(), "birth_date": "1999-04-03"})
	case_file.save(ignore_permissions=True)
	match = factories.match(mentor, mentee, growing=True)
	factories.meeting_log(match, note=canary(NAME), activity=canary())
	check_in = factories.check_ins(match)[0]
	check_in.update({"status": "Done", "notes": canary(NAME)})
	check_in.save(ignore_permissions=True)
	closure = factories.closure_of(match)
	closure.update({"mentee_feedback": canary(), "mentor_feedback": canary(), "staying_in_touch": canary()})
	closure.save(ignore_permissions=True)
	factories.close(match)
	mentor.update({"personality": canary(), "staff_notes": canary(OTHER)})
	mentor.save(ignore_permissions=True)
	return factories.fresh(mentee), factories.fresh(mentor), factories.fresh(match)


def leave_traces(doc, person: str, mail: str, canary: Canaries) -> list[str]:
	"""The person in everything that the framework keeps; gives the names of the files."""
	ref = {"reference_doctype": doc.doctype, "reference_name": doc.name}
	encoded = base64.b64encode(f"Dear {person}, {canary()}".encode()).decode()
	message = f"Subject: Hello\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{encoded}"
	insert(
		"Version",
		ref_doctype=doc.doctype,
		docname=doc.name,
		data=json.dumps({"changed": [["a", canary(), "b"]]}),
	)
	insert(
		"Version", ref_doctype="Mentoring Programme", docname=doc.programme, data=json.dumps({"x": person})
	)
	insert("Comment", comment_type="Comment", content=canary(), **ref)
	insert(
		"Comment",
		comment_type="Comment",
		content=f"About {person}.",
		reference_doctype="User",
		reference_name="Administrator",
	)
	note = insert("Communication", subject=canary(), content=canary(person), recipients=mail, **ref)
	insert("Communication", subject="Elsewhere", content=canary(mail))
	insert("Email Queue", message=message, recipients=[{"recipient": mail}], **ref)
	insert("Email Queue", message=message, recipients=[{"recipient": "someone@example.org"}])
	insert(
		"Deleted Document",
		deleted_doctype=doc.doctype,
		deleted_name=doc.name,
		data=json.dumps({"a": canary()}),
	)
	insert(
		"Deleted Document",
		deleted_doctype="Meeting Log",
		deleted_name="MEET-999999",
		data=json.dumps({"n": person}),
	)
	insert("Activity Log", subject=canary(person), full_name=person, **ref)
	insert("Access Log", export_from=doc.doctype, reference_document=doc.name, filters=canary())
	insert("Access Log", export_from="User", filters=json.dumps({"full_name": person}))
	insert("View Log", viewed_by="Administrator", **ref)
	insert("Route History", route=f"{doc.doctype}/{doc.name}?q={canary()}", user="Administrator")
	insert(
		"Notification Log",
		subject=canary(),
		document_type=doc.doctype,
		document_name=doc.name,
		for_user="Administrator",
	)
	insert("ToDo", description=canary(), reference_type=doc.doctype, reference_name=doc.name)
	insert("Error Log", method="x", error=f"KeyError {person} {canary()}")
	insert("Error Log", method="x", error=f"Error in {doc.name}: {canary()}")
	insert("Scheduled Job Log", status="Failed", details=f"{mail} {canary()}")
	insert("Document Follow", ref_doctype=doc.doctype, ref_docname=doc.name, user="Administrator")
	insert("Note", title=frappe.generate_hash(length=8), content=f"Ring {person.upper()} at {mail}")
	if not frappe.db.exists("Tag", person):
		insert("Tag", name=person)
	insert("Tag Link", document_type=doc.doctype, document_name=doc.name, tag=person, title=person)
	frappe.db.set_value(doc.doctype, doc.name, "_user_tags", f",{person}", update_modified=False)
	frappe.db.set_value(
		doc.doctype, doc.name, "_comments", json.dumps([{"comment": canary()}]), update_modified=False
	)
	values = (doc.doctype, doc.name, person, canary(), "", 0)
	frappe.db.sql(
		"insert into __global_search (doctype, name, title, content, route, published) values (%s,%s,%s,%s,%s,%s)",
		values,
	)
	frappe.db.sql(
		"replace into `__UserSettings` (`user`, `doctype`, `data`) values (%s,%s,%s)",
		("Administrator", doc.doctype, json.dumps({"filters": person})),
	)
	report = insert("Prepared Report", report_name="Some report", status="Completed", filters="{}")
	mentoring_import = insert(
		"Mentoring Import",
		programme=doc.programme,
		rows=[{"row_number": 1, "verdict": "New", "record": doc.name, "message": canary()}],
	)
	data_import = insert("Data Import", reference_doctype=doc.doctype, import_type="Insert New Records")
	insert("Data Import Log", data_import=data_import.name, docname=doc.name, messages=canary())
	workbook = file(
		f"name\n{person}\n{canary()}".encode(), "Mentoring Import", mentoring_import.name, suffix=".csv"
	)
	frappe.db.set_value("Mentoring Import", mentoring_import.name, "workbook", workbook.file_url)
	return [
		made.name
		for made in (
			file(canary().encode(), doc.doctype, doc.name),
			file(canary().encode(), "Communication", note.name),
			file(
				gzip.compress(json.dumps({"result": [person, canary()]}).encode()),
				"Prepared Report",
				report.name,
				suffix=".gz",
			),
			file(f"{person},{canary()}".encode(), "Data Import", data_import.name, suffix=".csv"),
			workbook,
		)
	]


def erase(doc) -> dict:
	request = request_for(doc)
	return erasure.erase(request.name, doc.name)


@pytest.fixture
def officer():
	return factories.privacy_officer().name


@pytest.mark.commits
@pytest.mark.parametrize("kind", ["Mentee", "Mentor"])
def test_nothing_of_the_person_is_left_and_every_count_stays(officer, kind):
	canary, before_story = Canaries(), Canaries()
	mentee, mentor, match = story(before_story)
	doc, name, mail = (mentee, NAME, EMAIL) if kind == "Mentee" else (mentor, OTHER, mentor.email)
	files = leave_traces(doc, name, mail, canary)
	leave_traces(match, name, mail, canary)
	shared = file(b"A leaflet that others have too")
	file(b"A leaflet that others have too", doc.doctype, doc.name)
	urls = [frappe.db.get_value("File", each, "file_url") for each in files]
	frappe.db.commit()
	marks = [name, mail, *canary.all, json.dumps(name)[1:-1]]
	if kind == "Mentee":
		marks += [*before_story.all, PHONE, "32470998877", "Zozo Quill"]
		marks = [mark for mark in marks if mark not in _words_of("Mentor", mentor.name)]
	else:
		marks += [
			"+32 470 11 22 33",
			*[mark for mark in before_story.all if mark in _words_of("Mentor", mentor.name)],
		]
	assert len(where_found(marks)) >= len(marks) - 2
	counted = figures()
	with factories.as_user(officer):
		request = request_for(doc)
		seen = erasure.preview(request.name)
		assert frappe.db.get_value(doc.doctype, doc.name, "erased_on") is None
		assert seen["obstacles"] == []
		assert {"Comment", "Communication", "Email Queue", "File", "Version"} <= {
			row["what"] for row in seen["items"]
		}
		done = erasure.erase(request.name, doc.name)
	frappe.db.commit()
	assert where_found(marks) == []
	assert figures() == counted
	assert done["left_over"] == ""
	assert not any((Path(frappe.get_site_path()) / url.lstrip("/")).exists() for url in urls)
	assert shared.exists_on_disk()
	assert frappe.db.get_value("Erasure Request", request.name, ["status", "erased_by"]) == ("Done", officer)


def _words_of(doctype: str, name: str) -> str:
	return json.dumps(frappe.get_doc(doctype, name).as_dict(), default=str)


@pytest.mark.parametrize("state", ["running", "held", "concern"])
def test_what_is_still_needed_is_not_erased(officer, state):
	match = factories.match(growing=True)
	mentee = frappe.get_doc("Mentee", match.mentee)
	if state != "running":
		factories.close(match)
	if state == "held":
		frappe.db.set_value("Mentee", mentee.name, "legal_hold", 1)
	if state == "concern":
		factories.concern(match)
	words_said = {"running": "match is running", "held": "legal hold", "concern": "concern is open"}[state]
	with factories.as_user(officer):
		request = request_for(mentee)
		before = _words_of("Mentee", mentee.name)
		with pytest.raises(frappe.ValidationError, match=words_said):
			erasure.erase(request.name, mentee.name)
		assert any(words_said in reason for reason in erasure.preview(request.name)["obstacles"])
	assert _words_of("Mentee", mentee.name) == before
	assert frappe.db.exists("Mentee Case File", {"mentee": mentee.name})
	assert frappe.db.get_value("Erasure Request", request.name, "status") == "Draft"


def test_what_was_said_and_done_about_a_concern_outlasts_the_mentor_without_the_name(officer):
	match = factories.match(growing=True)
	mentor = frappe.get_doc("Mentor", match.mentor)
	mentor.full_name = OTHER
	mentor.save(ignore_permissions=True)
	concern = factories.concern(match, text=f"{OTHER} did not come to the meeting.")
	with factories.as_user(concern.recipients[0].user):
		concerns.add_step(concern.name, f"Called {OTHER} and asked why.")
		concerns.close(concern.name, "A misunderstanding about the day.", "No danger found")
	factories.close(match)
	with factories.as_user(officer):
		erasure.erase(request_for(mentor).name, mentor.name)
	concern = frappe.get_doc("Concern", concern.name)
	assert "did not come to the meeting" in concern.text and OTHER not in concern.text
	assert [step.what for step in concern.steps if "asked why" in step.what]
	assert OTHER not in json.dumps(concern.as_dict(), default=str)


def test_the_second_step_repeats_the_alias(officer):
	mentee = factories.mentee()
	with factories.as_user(officer):
		request = request_for(mentee)
		with pytest.raises(frappe.ValidationError, match="Repeat the alias"):
			erasure.erase(request.name, "yes")
	assert frappe.db.exists("Mentee Case File", {"mentee": mentee.name})


def test_nobody_is_erased_twice_or_filled_again(officer):
	mentee = factories.mentee()
	with factories.as_user(officer):
		second = request_for(mentee)
		erase(mentee)
		with pytest.raises(frappe.ValidationError, match="was erased on"):
			erasure.erase(second.name, mentee.name)
		with pytest.raises(frappe.ValidationError, match="was erased on"):
			request_for(mentee)
	mentee = factories.fresh(mentee)
	mentee.goals = "New ones"
	with pytest.raises(frappe.ValidationError, match="new record"):
		mentee.save()


def test_what_is_done_stays_on_record(officer):
	mentee = factories.mentee()
	with factories.as_user(officer):
		request = request_for(mentee)
		erasure.erase(request.name, mentee.name)
		with pytest.raises(frappe.ValidationError, match="stays as it is"):
			erasure.erase(request.name, mentee.name)
		request = factories.fresh(request)
		request.asked_by = "A legal representative"
		with pytest.raises(frappe.ValidationError, match="stays as it is"):
			request.save()
	with pytest.raises(frappe.ValidationError, match="stays on record"):
		frappe.delete_doc("Erasure Request", request.name, ignore_permissions=True)


@pytest.mark.parametrize("typed", ["Zoe Quillfeather", "Heron-0000", "", "%"])
def test_somebody_unknown_is_refused_without_repeating_what_was_typed(officer, typed):
	with factories.as_user(officer), pytest.raises(frappe.ValidationError) as refused:
		frappe.get_doc({"doctype": "Erasure Request", "person_kind": "Mentee", "person": typed}).insert()
	assert not typed or typed not in str(refused.value)
	assert frappe.db.count("Erasure Request") == 0


@pytest.mark.parametrize("role", ["manager", "coordinator", "social_worker", "partner_user"])
def test_nobody_but_the_privacy_officer_erases(officer, role):
	mentee = factories.mentee()
	with factories.as_user(officer):
		request = request_for(mentee)
	with factories.as_user(getattr(factories, role)().name):
		for call in (lambda: erasure.preview(request.name), lambda: erasure.erase(request.name, mentee.name)):
			with pytest.raises(frappe.PermissionError):
				call()
		with pytest.raises(frappe.PermissionError):
			request_for(mentee)
	assert frappe.db.exists("Mentee Case File", {"mentee": mentee.name})


def test_a_request_says_done_by_an_erasure_only(officer):
	mentee = factories.mentee()
	with factories.as_user(officer):
		request = request_for(mentee, status="Done", erased_on="2020-01-01", left_over="x")
		assert (request.status, request.erased_on, request.left_over) == ("Draft", None, None)
		with pytest.raises(frappe.ValidationError, match="nightly job alone"):
			request_for(mentee, asked_by="The period is over")
		with pytest.raises(frappe.ValidationError, match="in the future"):
			request_for(mentee, asked_on="2999-01-01")


def test_a_namesake_keeps_the_own_record(officer):
	one, two = factories.mentee(), factories.mentee()
	for mentee in (one, two):
		frappe.db.set_value("Mentee Case File", {"mentee": mentee.name}, "full_name", NAME)
	insert("Comment", comment_type="Comment", content=f"{NAME} again")
	with factories.as_user(officer):
		done = erase(one)
	assert frappe.db.get_value("Mentee Case File", {"mentee": two.name}, "full_name") == NAME
	assert frappe.db.exists("Comment", {"content": f"{NAME} again"})
	assert "Somebody else bears the same name" in done["left_over"]


def test_an_account_that_serves_something_else_stays(officer):
	mentor = factories.mentor()
	user = factories.volunteer(mentor)
	user = frappe.get_doc("User", user.name)
	user.add_roles("Newsletter Manager")
	with factories.as_user(officer):
		erase(mentor)
	assert frappe.db.get_value("User", user.name, ["enabled", "full_name"]) == (1, user.full_name)
	assert "Mentoring Volunteer" not in frappe.get_roles(user.name)
	assert frappe.db.get_value("Mentor", mentor.name, ["full_name", "user"]) == ("Erased", None)


def test_mails_with_a_link_go_with_the_candidate(officer, outgoing_mail):
	mentor = factories.mentor(stage="Applied", email="former.address@example.org")
	reference = factories.reference(mentor)
	coordinator = frappe.db.get_value("Mentoring Programme", mentor.programme, "coordinator")
	with factories.as_user(coordinator):
		status_link.send_new(mentor.name)
		references.ask(reference.name)
	assert len([text for text in outgoing_mail() if "key=" in text]) == 2
	assert not [text for text in outgoing_mail() if mentor.name in text or reference.name in text]
	assert set(frappe.get_all("Email Queue", {"reference_name": ("is", "set")}, pluck="add_unsubscribe_link")) == {0}
	book = subject_access._given_to(persons.person("Mentor", mentor.name))
	assert "former.address@example.org" in str(book) and reference.referee_email not in str(book)
	# Neither of the two addresses is one by which the person would be found.
	mentor.db_set("email", "another.address@example.org")
	with factories.as_user(officer):
		erase(mentor)
	assert [text for text in outgoing_mail() if "key=" in text] == []


def test_the_confirmation_names_nobody(officer):
	mentee = factories.mentee()
	name = frappe.db.get_value("Mentee Case File", {"mentee": mentee.name}, "full_name")
	with factories.as_user(officer):
		request = request_for(mentee)
		erasure.erase(request.name, mentee.name)
		html = frappe.get_print("Erasure Request", request.name, "Erasure Confirmation")
	assert "Confirmation of erasure" in html and request.name in html
	assert name not in html and mentee.name not in html
