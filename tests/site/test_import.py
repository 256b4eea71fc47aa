"""Spreadsheets on a site: what a check says, what an import writes, and what neither does."""

import io
import subprocess
import sys

import factories
import frappe
import pytest
from frappe.utils import getdate
from openpyxl import Workbook

from libes_mentoring.access.roles import SOCIAL_WORKER
from libes_mentoring.mentoring_programme.doctype.mentoring_import import mentoring_import
from libes_mentoring.spreadsheets import api, applying, writing
from libes_mentoring.spreadsheets.sample import build_sample_workbook

pytestmark = pytest.mark.req("S7")

PEOPLE = ("Mentor", "Mentee", "Mentee Case File", "Mentee Consent")
WORDS = ("Mentoring Language", "Mentoring Interest", "Mentoring Support Area")
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
MENTEE_HEAD = ["Name", "Born", "Consent", "Consent date", "Ready"]
MENTOR_HEAD = ["Name", "Born", "E-mail", "Capacity", "Languages"]
GOOD = ["Ann Test", "3.4.1991", "yes", "1.2.2026", "yes"]


def workbook(**sheets) -> bytes:
	book = Workbook()
	book.remove(book.active)
	for name, rows in sheets.items():
		sheet = book.create_sheet(name)
		for row in rows:
			sheet.append(row)
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def upload(content: bytes, name="people.xlsx", private=1):
	values = {"doctype": "File", "file_name": name, "content": content, "is_private": private}
	return frappe.get_doc(values).insert(ignore_permissions=True)


@pytest.fixture
def programme():
	return factories.programme()


@pytest.fixture
def caregiver():
	return factories.social_worker()


@pytest.fixture
def make(programme, caregiver):
	"""An import by the programme's coordinator, who stays logged in until the test ends."""

	def made(content: bytes, name="people.xlsx", mode="Import nothing", **fields):
		frappe.set_user(programme.coordinator)
		values = {
			"doctype": "Mentoring Import",
			"workbook": upload(content, name).file_url,
			"programme": programme.name,
			"caregiver": caregiver.name,
			"mode": mode,
			**fields,
		}
		return frappe.get_doc(values).insert()

	return made


def counts(*doctypes) -> dict[str, int]:
	return {doctype: frappe.db.count(doctype) for doctype in doctypes or (*PEOPLE, *WORDS)}


def fresh(doc):
	"""The document as it is stored now."""
	doc.reload()
	return doc


def verdicts(doc) -> list[str]:
	return [row.verdict for row in fresh(doc).rows]


def test_a_check_says_what_would_become_of_each_row_and_writes_nothing(make):
	doc = make(build_sample_workbook(getdate()))
	before = counts()
	outcome = mentoring_import.check(doc.name)
	assert outcome["counts"] == {"New": 93, "Already here": 0, "Duplicate": 2, "Refused": 2}
	assert (outcome["status"], outcome["imported"]) == ("Checked", 0)
	assert counts() == before
	doc.reload()
	assert len(doc.rows) == 97
	assert [row.message for row in doc.rows if row.verdict == "Refused"] == [
		"Sheet 'Mentees', row 38, column 'Geb.datum': 29 February 2025 does not exist.",
		"Sheet 'Buddies (mentors)', row 49, column 'Max. mentees': A mentor cannot take -1 mentees.",
	]
	assert "Mentees: 38 new" in doc.summary


def test_one_refused_row_keeps_all_others_out_where_the_import_says_so(make):
	doc = make(build_sample_workbook(getdate()))
	before = counts()
	outcome = mentoring_import.apply(doc.name)
	assert (outcome["status"], outcome["imported"]) == ("Checked", 0)
	assert counts() == before


def test_the_others_are_imported_and_a_second_time_nobody_is(make, programme):
	doc = make(build_sample_workbook(getdate()), mode="Import the others")
	before = counts(*PEOPLE)
	outcome = mentoring_import.apply(doc.name)
	assert (outcome["status"], outcome["imported"]) == ("Applied", 93)
	after = counts(*PEOPLE)
	assert {doctype: after[doctype] - before[doctype] for doctype in PEOPLE} == {
		"Mentor": 55,
		"Mentee": 38,
		"Mentee Case File": 38,
		"Mentee Consent": 33,
	}
	again = mentoring_import.apply(doc.name)
	assert again["imported"] == 0
	assert again["counts"] == {"New": 0, "Already here": 95, "Duplicate": 0, "Refused": 2}
	assert counts(*PEOPLE) == after
	stages = frappe.get_all("Mentor", filters={"programme": programme.name}, pluck="stage")
	assert (stages.count("Available"), stages.count("Screening")) == (42, 13)
	statuses = frappe.get_all("Mentee", filters={"programme": programme.name}, pluck="status")
	assert (statuses.count("Ready"), statuses.count("Preparing")) == (28, 10)


def test_a_new_import_of_the_same_file_finds_everybody_here(make):
	content = build_sample_workbook(getdate())
	mentoring_import.apply(make(content, mode="Import the others").name)
	second = make(content, "again.xlsx", mode="Import the others")
	assert mentoring_import.apply(second.name)["imported"] == 0
	assert verdicts(second).count("Already here") == 95


def test_what_a_row_says_is_what_the_records_hold(make, programme, caregiver):
	rows = {
		"Mentees": [
			[*MENTEE_HEAD, "Male mentor", "Languages", "Gender", "Nationality", "Remarks", "Interests"],
			[*GOOD, "no", "Edo, italiano (un poco)", "F", "Nigerian", "Has a bicycle", "koken; falconry"],
		],
		"Mentors": [
			[*MENTOR_HEAD, "Record check issued on", "Training", "Kind of mentor", "Phone"],
			[
				"Bob Test",
				"1.2.1980",
				"Bob@Example.org",
				2,
				"Esan (native)",
				"1.3.2026",
				"2.3.2026",
				"peer",
				32455550000,
			],
		],
	}
	mentoring_import.apply(make(workbook(**rows)).name)
	frappe.set_user("Administrator")
	mentee = frappe.get_doc("Mentee", {"programme": programme.name})
	assert (mentee.status, mentee.caregiver, mentee.gender) == ("Ready", caregiver.name, "Female")
	assert [(row.language, row.level or None) for row in mentee.languages] == [
		("Edo", None),
		("Italian", "Basic"),
	]
	assert [(row.strength, row.about, row.gender) for row in mentee.wishes] == [("Refused", "Gender", "Male")]
	assert [row.interest for row in mentee.interests] == ["Cooking", "Falconry"]
	file = frappe.get_doc("Mentee Case File", {"mentee": mentee.name})
	assert (file.full_name, file.background, file.emotionally_ready) == ("Ann Test", "Has a bicycle", "Yes")
	assert (file.judged_by, getdate(file.birth_date)) == (caregiver.name, getdate("1991-04-03"))
	consent = frappe.get_doc("Mentee Consent", {"mentee": mentee.name})
	assert (consent.taken_by, getdate(consent.given_on)) == (caregiver.name, getdate("2026-02-01"))
	assert consent.how == writing.CONSENT_HOW
	mentor = frappe.get_doc("Mentor", {"programme": programme.name})
	assert (mentor.stage, mentor.capacity, mentor.email) == ("Screening", 2, "bob@example.org")
	assert (mentor.mentor_kind, mentor.mobile) == ("Survivor", "+32455550000")
	assert getdate(mentor.record_check_renew_by) == getdate("2027-03-01")
	assert {row.step: row.outcome for row in mentor.screening_steps}["Training"] == "Passed"
	assert frappe.db.exists("Mentoring Language", "Esan")


@pytest.mark.req("P8")
def test_the_import_does_not_keep_which_alias_is_whose(make):
	rows = {
		"Mentees": [MENTEE_HEAD, GOOD],
		"Mentors": [MENTOR_HEAD, ["Bob Test", "1.2.1980", None, 1, "Edo"]],
	}
	doc = make(workbook(**rows))
	mentoring_import.apply(doc.name)
	assert [bool(row.record) for row in fresh(doc).rows] == [False, True]
	assert "Ann Test" not in frappe.as_json(doc)


def test_people_entered_by_hand_are_recognised(make, programme):
	factories.mentor(
		programme=programme.name, full_name="Bob Test", birth_date="1980-02-01", email="bob@example.org"
	)
	mentee = factories.mentee(programme=programme.name, ready=False)
	factories.case_file(mentee, full_name="Ann Test", birth_date="1991-04-03")
	rows = {
		"Mentees": [MENTEE_HEAD, GOOD],
		"Mentors": [MENTOR_HEAD, ["BOB  test", "1.2.1980", "new@example.org", 1, "Edo"]],
	}
	doc = make(workbook(**rows))
	mentoring_import.check(doc.name)
	assert verdicts(doc) == ["Already here", "Already here"]


@pytest.mark.req("P8")
def test_an_import_does_not_tell_who_is_in_another_programme(make):
	mentee = factories.mentee(ready=False)
	factories.case_file(mentee, full_name="Ann Test", birth_date="1991-04-03")
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]))
	mentoring_import.check(doc.name)
	assert verdicts(doc) == ["New"]


@pytest.mark.parametrize(
	("content", "name", "message"),
	[
		(OLD_EXCEL, "old.xlsx", r"old Excel file \(\.xls\)"),
		(b"\r\n \r\n", "empty.csv", "empty"),
		(b"<html></html>", "page.xlsx", "not a spreadsheet"),
		(b"Born;Consent;Ready\n3.4.1991;yes;yes\n", "mentees.csv", "no column for the name"),
		(b"One;Two;Three\n1;2;3\n", "mentors.csv", "no row of column headings"),
	],
	ids=["old Excel", "empty", "web page", "no name", "no headings"],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_written(make, content, name, message):
	doc = make(content, name, mode="Import the others")
	before = counts()
	for action in (mentoring_import.check, mentoring_import.apply):
		with pytest.raises(frappe.ValidationError, match=message):
			action(doc.name)
	assert counts() == before
	assert (fresh(doc).status, len(doc.rows)) == ("Draft", 0)


@pytest.mark.parametrize(
	("sheet", "message"),
	[
		({"Mentees": [MENTEE_HEAD, ["Ann Test", "29/02/2025"], GOOD]}, "29 February 2025 does not exist"),
		({"Mentors": [MENTOR_HEAD, ["Bob Test", "1.2.1980", None, "-1", "Edo"]]}, "cannot take -1 mentees"),
	],
)
def test_a_bad_row_is_refused_in_words_and_nothing_is_written(make, sheet, message):
	doc = make(workbook(**sheet))
	before = counts()
	mentoring_import.apply(doc.name)
	assert counts() == before
	assert message in fresh(doc).rows[0].message


def test_a_csv_is_imported_too(make, programme):
	content = "Nom;Née le;Langues\nZoé Test;3 avril 1991;français, Edo\n".encode("cp1252")
	assert mentoring_import.apply(make(content, "mentees.csv").name)["imported"] == 1


@pytest.mark.commits
def test_two_imports_at_the_same_time_make_no_doubles(make, programme):
	"""The second waits for the first, and then sees what it has stored."""
	content = workbook(Mentors=[MENTOR_HEAD, ["Bob Test", "1.2.1980", None, 1, "Edo"]])
	names = [make(content, f"{n}.xlsx").name for n in range(2)]
	frappe.db.commit()
	script = (
		"import sys, frappe; frappe.init(sys.argv[1], sites_path='.'); frappe.connect(); "
		"frappe.set_user(sys.argv[2]); frappe.db.count('Mentor'); print('ready', flush=True); sys.stdin.readline(); "
		"from libes_mentoring.spreadsheets import applying; "
		"print(applying.apply(sys.argv[3])['imported'], flush=True); sys.stdin.readline(); frappe.db.commit()"
	)
	runs = [
		subprocess.Popen(
			[sys.executable, "-c", script, frappe.local.site, programme.coordinator, name],
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
			cwd=frappe.local.sites_path,
		)
		for name in names
	]
	try:
		# Both have looked at the site before either has stored anything.
		assert [run.stdout.readline().strip() for run in runs] == ["ready", "ready"]
		first, second = runs
		print("go", file=first.stdin, flush=True)
		assert first.stdout.readline().strip() == "1"
		print("go", file=second.stdin, flush=True)
		# The first is stored while the second waits for its turn.
		print("commit", file=first.stdin, flush=True)
		assert first.wait(30) == 0
		assert second.communicate("commit\n", timeout=60)[0].strip() == "0"
	finally:
		for run in runs:
			run.kill()
			run.wait()
	frappe.db.rollback()
	assert frappe.db.count("Mentor", {"programme": programme.name}) == 1


def test_a_failure_half_way_leaves_nothing(make, monkeypatch):
	rows = [MENTOR_HEAD, *([f"Bob {n}", "1.2.1980", None, 1, f"Newish{'abc'[n]}"] for n in range(3))]
	doc = make(workbook(Mentors=rows))
	before, write = counts(), writing.write

	def third_time_unlucky(verdict, programme):
		if verdict.row_number == 4:
			raise frappe.ValidationError("Bob 2 is not wanted")
		return write(verdict, programme)

	monkeypatch.setattr(applying.writing, "write", third_time_unlucky)
	assert mentoring_import.apply(doc.name)["imported"] == 0
	assert counts() == before
	assert verdicts(doc) == ["New", "New", "Refused"]
	assert "Bob" not in doc.rows[2].message
	doc.mode = "Import the others"
	doc.save()
	assert mentoring_import.apply(doc.name)["imported"] == 2


@pytest.mark.req("P8")
def test_an_unexpected_failure_tells_nothing_of_the_people(make, monkeypatch):
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]))

	def broken(*_args, **_kwargs):
		raise RuntimeError("Ann Test")

	monkeypatch.setattr(applying, "check_rows", broken)
	with pytest.raises(frappe.ValidationError) as caught:
		mentoring_import.apply(doc.name)
	assert "Ann Test" not in str(caught.value)


def test_the_caregiver_must_be_a_social_worker(make, programme):
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]), caregiver=programme.coordinator)
	with pytest.raises(frappe.ValidationError, match=SOCIAL_WORKER):
		mentoring_import.check(doc.name)


def test_without_a_caregiver_mentees_are_refused(make):
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]), caregiver=None)
	mentoring_import.check(doc.name)
	assert "no caregiver" in fresh(doc).rows[0].message


def test_a_public_file_is_refused(make):
	content = workbook(Mentees=[MENTEE_HEAD, GOOD])
	doc = make(content)
	public = upload(content, "public.xlsx", private=0)
	doc.db_set("workbook", public.file_url)
	with pytest.raises(frappe.ValidationError, match="public"):
		mentoring_import.check(doc.name)


@pytest.mark.req("S3")
def test_somebody_elses_file_is_not_read(make, programme):
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]))
	frappe.set_user("Administrator")
	other = upload(workbook(Mentees=[MENTEE_HEAD, ["Bea Test", "1.1.1990"]]), "other.xlsx")
	doc.db_set("workbook", other.file_url)
	frappe.set_user(programme.coordinator)
	with pytest.raises(frappe.PermissionError):
		mentoring_import.check(doc.name)


@pytest.mark.req("S3")
@pytest.mark.parametrize("who", ["coordinator", "manager", "social_worker", "privacy_officer"])
@pytest.mark.parametrize("action", ["check", "apply"])
def test_only_its_owner_uses_an_import(make, who, action):
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]))
	frappe.set_user("Administrator")
	other = getattr(factories, who)()
	before = counts()
	with factories.as_user(other.name), pytest.raises(frappe.PermissionError):
		getattr(mentoring_import, action)(doc.name)
	assert counts() == before


@pytest.mark.req("S3")
def test_a_coordinator_of_another_programme_does_not_import_here(make):
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]))
	frappe.set_user("Administrator")
	doc.db_set("programme", factories.programme().name)
	frappe.set_user(doc.owner)
	with pytest.raises(frappe.PermissionError):
		mentoring_import.apply(doc.name)


@pytest.mark.req("S3", "P8")
@pytest.mark.commits
def test_a_former_coordinator_keeps_neither_the_import_nor_the_spreadsheet(make, programme, login):
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]))
	mentoring_import.check(doc.name)
	me, file = doc.owner, frappe.get_doc("File", {"file_url": doc.workbook})
	frappe.set_user("Administrator")
	browser = login(me)

	def seen() -> tuple:
		rows = frappe.get_list("Mentoring Import Row", parent_doctype="Mentoring Import", pluck="name")
		listed = frappe.get_list("Mentoring Import", pluck="name")
		file_may, import_may = (frappe.has_permission(each.doctype, "read", doc=each) for each in (file, doc))
		return bool(rows), bool(listed), bool(file_may), bool(import_may)

	with factories.as_user(me):
		assert seen() == (True, True, True, True)
	assert browser.get(doc.workbook).status_code == 200
	programme.reload()
	programme.coordinator = factories.coordinator().name
	programme.save(ignore_permissions=True)
	frappe.db.commit()
	with factories.as_user(me):
		assert seen() == (False, False, False, False)
		with pytest.raises(frappe.PermissionError):
			mentoring_import.apply(doc.name)
	assert browser.get(doc.workbook).status_code == 403
	assert browser.get(f"/api/resource/Mentoring Import/{doc.name}").status_code == 403


@pytest.mark.req("S3")
def test_nobody_starts_an_import_into_a_programme_of_others(make):
	with pytest.raises(frappe.PermissionError):
		make(workbook(Mentees=[MENTEE_HEAD, GOOD]), programme=factories.programme().name)


@pytest.mark.req("S3")
def test_a_manager_imports_but_does_not_read_case_files_back(programme, caregiver):
	manager = factories.manager()
	frappe.set_user(manager.name)
	values = {
		"doctype": "Mentoring Import",
		"workbook": upload(workbook(Mentees=[MENTEE_HEAD, GOOD])).file_url,
		"programme": programme.name,
		"caregiver": caregiver.name,
	}
	doc = frappe.get_doc(values).insert()
	assert mentoring_import.apply(doc.name)["imported"] == 1
	file = frappe.get_all("Mentee Case File", pluck="name", order_by="creation desc", limit=1)[0]
	assert not frappe.has_permission("Mentee Case File", "read", doc=file)


def test_another_file_starts_a_new_check(make):
	doc = make(workbook(Mentees=[MENTEE_HEAD, GOOD]))
	mentoring_import.check(doc.name)
	doc.reload()
	doc.workbook = upload(workbook(Mentees=[MENTEE_HEAD]), "other.xlsx").file_url
	doc.save()
	assert (doc.status, doc.rows, doc.summary) == ("Draft", [], "")


@pytest.mark.parametrize("download", ["download_template", "download_sample"])
def test_template_and_sample_are_for_those_who_import(download, programme, caregiver):
	with factories.as_user(programme.coordinator):
		getattr(api, download)()
		assert frappe.response.type == "binary"
		assert frappe.response.filecontent.startswith(b"PK")
	with factories.as_user(caregiver.name), pytest.raises(frappe.PermissionError):
		getattr(api, download)()
