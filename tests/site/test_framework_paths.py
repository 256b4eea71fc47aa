"""Ways of the framework that lead past a list and a form: files, links, names, tags, remarks. Over HTTP."""

from __future__ import annotations

import json
import os

import factories
import frappe
import pytest

from libes_mentoring.access import files
from libes_mentoring.access.pointer_fields import POINTERS
from libes_mentoring.access.policy import GUARDED_DOCTYPES

pytestmark = pytest.mark.req("P8", "S3")
SECRET = b"quiet words of the case file"


@pytest.fixture
def house():
	"""Two caseloads in two programmes, and a volunteer."""

	class House:
		pass

	made = House()
	made.match = factories.match()
	made.mentee = frappe.get_doc("Mentee", made.match.mentee)
	made.caregiver = made.mentee.caregiver
	made.coordinator = frappe.db.get_value("Mentoring Programme", made.mentee.programme, "coordinator")
	made.case_file = frappe.db.get_value("Mentee Case File", {"mentee": made.mentee.name})
	made.other = factories.match()
	made.other_mentee = frappe.get_doc("Mentee", made.other.mentee)
	made.other_caregiver = made.other_mentee.caregiver
	made.other_coordinator = frappe.db.get_value(
		"Mentoring Programme", made.other_mentee.programme, "coordinator"
	)
	made.volunteer = factories.volunteer().name
	return made


def attach(doctype: str | None, name: str | None, owner: str, content: bytes = SECRET, **fields):
	with factories.as_user(owner):
		values = {
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.txt",
			"content": content + frappe.generate_hash(length=8).encode(),
			"is_private": 1,
			"attached_to_doctype": doctype,
			"attached_to_name": name,
			**fields,
		}
		return frappe.get_doc(values).insert()


def refused(answer) -> bool:
	return answer.status_code in (403, 404, 417) and SECRET.decode() not in answer.text


# Files ----------------------------------------------------------------------------------------------


def ways_to_an_entry(url: str, user: str) -> tuple[tuple[str, dict], ...]:
	file = {"doctype": "File", "file_url": url, "is_private": 1, "file_name": "mine.txt"}
	return (
		("frappe.client.insert", {"doc": file}),
		("frappe.client.insert", {"doc": {**file, "content": "known"}}),
		("frappe.client.insert", {"doc": {**file, "file_url": url.replace("/files/", "/files/./")}}),
		("frappe.client.insert", {"doc": {**file, "file_url": url.replace("/files/", "/files%2F")}}),
		("frappe.client.insert", {"doc": {**file, "file_url": frappe.utils.get_url(url)}}),
		("upload_file", {"file_url": url, "is_private": 1, "file_name": "mine.txt"}),
		(
			"frappe.client.set_value",
			{"doctype": "User", "name": user, "fieldname": "user_image", "value": url},
		),
	)


@pytest.mark.parametrize(
	"address",
	[
		"/private/files/x.txt",
		"http://another-name.localhost:28000/private/files/x.txt",
		"HTTPS://another-name.localhost/a/../private/files/x.txt",
		"/%70rivate/files/./x.txt",
	],
)
def test_a_private_file_is_the_same_however_its_address_is_written(address):
	assert files.path_of(address) == "/private/files/x.txt"


@pytest.mark.commits
@pytest.mark.parametrize("attached", [True, False])
def test_an_address_makes_no_entry(house, login, attached):
	to = ("Mentee Case File", house.case_file) if attached else (None, None)
	file = attach(*to, house.caregiver)
	for person in (house.volunteer, house.other_coordinator):
		client = login(person)
		for method, arguments in ways_to_an_entry(file.file_url, person):
			client.call(method, **arguments)
			frappe.db.rollback()
			entries = frappe.get_all("File", {"owner": person}, ["file_url"])
			assert not [row for row in entries if files.path_of(row.file_url) == file.file_url], method
			assert frappe.db.get_value("File", file.name, "attached_to_doctype") == to[0]
			assert SECRET.decode() not in client.get(file.file_url).text
	assert SECRET.decode() in login(house.caregiver).get(file.file_url).text


@pytest.mark.commits
@pytest.mark.parametrize("attached", [True, False])
def test_an_empty_file_is_refused_in_words(house, login, attached):
	at = {"doctype": "Mentee Case File", "docname": house.case_file} if attached else {}
	before = frappe.db.count("File")
	answer = login(house.caregiver).post(
		"/api/method/upload_file", files={"file": ("nothing.txt", b"")}, data={**at, "is_private": 1}
	)
	assert answer.status_code == 417 and "This file is empty" in answer.text
	frappe.db.rollback()
	assert frappe.db.count("File") == before


@pytest.mark.commits
def test_two_people_may_upload_the_same_bytes(house, login):
	clients = [login(house.caregiver), login(house.other_coordinator)]
	for client in clients:
		answer = client.post(
			"/api/method/upload_file",
			files={"file": ("form.txt", b"an empty form")},
			data={"is_private": 1},
		)
		assert answer.status_code == 200, answer.text
		assert client.get(answer.json()["message"]["file_url"]).text == "an empty form"


@pytest.mark.req("S6")
@pytest.mark.commits
def test_an_import_takes_only_a_file_of_its_own(house, login):
	programme = frappe.db.get_value("Mentee", house.other_mentee.name, "programme")
	file = attach(None, None, house.coordinator, b"name,email\n", file_name="people.csv")
	values = {"doctype": "Mentoring Import", "programme": programme, "workbook": file.file_url}
	answer = login(house.other_coordinator).call("frappe.client.insert", doc=values)
	assert answer.status_code == 403, answer.text
	frappe.db.rollback()
	assert not frappe.db.exists("Mentoring Import", {"workbook": file.file_url})


@pytest.mark.commits
def test_lists_of_files_leave_out_what_hangs_at_other_peoples_records(house, login):
	file = attach("Mentee Case File", house.case_file, house.caregiver)
	filters = {"attached_to_doctype": "Mentee Case File"}
	for person in (house.other_caregiver, house.other_coordinator, house.volunteer):
		client = login(person)
		for method in ("frappe.client.get_list", "frappe.desk.reportview.get"):
			answer = client.call(method, doctype="File", filters=filters, fields=["name", "file_url"])
			assert file.name not in answer.text and file.file_url not in answer.text
		assert refused(client.get(f"/api/resource/File/{file.name}"))
	own = login(house.caregiver).message("frappe.client.get_list", doctype="File", filters=filters)
	assert [row["name"] for row in own] == [file.name]


@pytest.mark.commits
def test_a_caregiver_who_hands_over_reads_the_files_no_more(house, login):
	file = attach("Mentee Case File", house.case_file, house.caregiver)
	client = login(house.caregiver)
	assert SECRET.decode() in client.get(file.file_url).text
	frappe.db.set_value("Mentee", house.mentee.name, "caregiver", house.other_caregiver)
	frappe.db.commit()
	assert refused(client.get(file.file_url))
	assert refused(client.get(f"/api/method/download_file?file_url={file.file_url}"))
	assert SECRET.decode() in login(house.other_caregiver).get(file.file_url).text


@pytest.mark.commits
def test_files_at_our_records_are_private_for_ever(house, login):
	client = login(house.caregiver)
	at = {"doctype": "Mentee Case File", "docname": house.case_file}
	answer = client.post(
		"/api/method/upload_file",
		files={"file": ("open-letter.txt", SECRET)},
		data={**at, "is_private": 0},
	)
	assert answer.status_code == 403, answer.text
	assert not os.path.exists(frappe.get_site_path("public", "files", "open-letter.txt"))
	answer = client.call(
		"frappe.client.attach_file",
		filename="open-letter.txt",
		filedata="words",
		is_private=0,
		doctype=at["doctype"],
		docname=at["docname"],
	)
	assert answer.status_code == 403, answer.text
	file = attach("Mentee Case File", house.case_file, house.caregiver)
	frappe.db.commit()
	answer = client.call(
		"frappe.client.set_value", doctype="File", name=file.name, fieldname="is_private", value=0
	)
	assert answer.status_code == 403, answer.text
	frappe.db.rollback()
	assert frappe.db.get_value("File", file.name, ["is_private", "file_url"]) == (1, file.file_url)
	assert os.path.exists(file.get_full_path())


def test_files_of_others_are_left_alone(house):
	note = attach("User", house.caregiver, house.caregiver, is_private=0)
	with factories.as_user(house.other_caregiver):
		assert frappe.get_list("File", {"name": note.name})
		assert frappe.has_permission("File", "read", doc=frappe.get_doc("File", note.name))


# Links ----------------------------------------------------------------------------------------------


@pytest.mark.commits
def test_nobody_links_to_a_record_that_they_do_not_see(house, login):
	client = login(house.other_coordinator)
	wish = {"strength": "Wanted", "about": "Person"}
	attempts = (
		("Match", house.other.name, {"previous_match": house.match.name}),
		("Mentee", house.other_mentee.name, {"excluded_mentors": [{"mentor": house.match.mentor}]}),
		("Mentor", house.other.mentor, {"wishes": [{**wish, "mentee": house.mentee.name}]}),
	)
	for doctype, name, values in attempts:
		answer = client.put(f"/api/resource/{doctype}/{name}", json=values)
		# A field that only a procedure writes keeps its value without a word; the other two are refused.
		assert answer.status_code == 403 or doctype == "Match", f"{doctype}: {answer.text[:500]}"
	frappe.db.rollback()
	assert not frappe.db.get_value("Match", house.other.name, "previous_match")
	assert not frappe.get_all("Mentee Excluded Mentor", {"mentor": house.match.mentor})
	assert not frappe.get_all("Match Wish", {"mentee": house.mentee.name})
	own = {"excluded_mentors": [{"mentor": house.other.mentor}]}
	answer = client.put(f"/api/resource/Mentee/{house.other_mentee.name}", json=own)
	assert answer.status_code == 200, answer.text[:500]


# Names ----------------------------------------------------------------------------------------------


@pytest.mark.commits
@pytest.mark.parametrize("checked", [True, False])
def test_no_record_is_renamed(house, login, checked):
	arguments = {"name": "Real Name", "force": True, "validate_rename": checked}
	call = {"method": "rename", "dt": "Mentee", "dn": house.mentee.name, "args": json.dumps(arguments)}
	answer = login(house.coordinator).post("/api/method/run_doc_method", json=call)
	assert answer.status_code == 403, answer.text[:500]
	answer = login(house.coordinator).call(
		"frappe.client.rename_doc", doctype="Mentee", old_name=house.mentee.name, new_name="Real Name"
	)
	assert answer.status_code in (403, 417), answer.text[:500]
	frappe.db.rollback()
	assert frappe.db.exists("Mentee", house.mentee.name)
	assert not frappe.db.exists("Mentee", "Real Name")


def test_not_even_the_administrator_renames(house):
	with pytest.raises(frappe.PermissionError):
		frappe.rename_doc("Mentee", house.mentee.name, "Real Name", force=True)


# Tags, remarks, follows -------------------------------------------------------------------------------


@pytest.mark.commits
def test_our_records_carry_no_tags(house, login):
	client = login(house.coordinator)
	at = {"dt": "Mentee", "dn": house.mentee.name}
	assert refused(client.call("frappe.desk.doctype.tag.tag.add_tag", tag="Telling", **at))
	answer = client.call(
		"frappe.desk.doctype.tag.tag.add_tags",
		tags=json.dumps(["Telling"]),
		dt="Mentee",
		docs=json.dumps([house.mentee.name]),
	)
	assert refused(answer)
	link = {"doctype": "Tag Link", "document_type": "Mentee", "document_name": house.mentee.name}
	assert refused(client.call("frappe.client.insert", doc={**link, "tag": "Telling"}))
	frappe.db.rollback()
	assert not frappe.db.exists("Tag", "Telling")
	assert not frappe.db.get_value("Mentee", house.mentee.name, "_user_tags")


def planted(doctype: str, house) -> str:
	"""A row that points at the mentee, put there past all checks."""
	kind, name = POINTERS[doctype]
	row = frappe.new_doc(doctype)
	row.update({kind: "Mentee", name: house.mentee.name, "owner": house.volunteer, "is_private": 1})
	row.name = frappe.generate_hash(length=10)
	if "int" in frappe.db.sql(f"show columns from `tab{doctype}` like 'name'")[0][1]:
		row.name = int(row.name[:6], 16) + 10**7
	row.db_insert()
	return row.name


@pytest.mark.parametrize("doctype", sorted(POINTERS))
def test_rows_that_point_at_a_record_are_seen_with_it(house, doctype):
	if not frappe.db.table_exists(doctype):
		pytest.skip("this release has no such DocType")
	name = planted(doctype, house)
	admin = factories.user("System Manager", "Website Manager")
	people = (house.volunteer, house.other_caregiver, house.other_coordinator, admin.name)
	for person in people:
		with factories.as_user(person):
			try:
				assert name not in frappe.get_list(doctype, pluck="name", limit_page_length=0)
			except frappe.PermissionError:
				pass
			assert not frappe.get_doc(doctype, name).has_permission("read"), person
	assert name in frappe.get_list(doctype, pluck="name", limit_page_length=0)


@pytest.mark.commits
def test_remarks_reach_nobody_who_does_not_see_the_record(house, login):
	partner = factories.partner_user()

	def remark(client, doctype, name, mention=None):
		words = f'<span class="mention" data-id="{mention}">@x</span>' if mention else ""
		return client.call(
			"frappe.desk.form.utils.add_comment",
			reference_doctype=doctype,
			reference_name=name,
			content=f"<div>{words} quiet words</div>",
			comment_email=client.user,
			comment_by=client.user,
		)

	client = login(house.caregiver)
	consent = frappe.db.get_value("Mentee Consent", {"mentee": house.mentee.name})
	assert remark(client, "Mentee Case File", house.case_file).status_code == 403
	assert remark(client, "Mentee Consent", consent).status_code == 403
	for stranger in (partner.name, house.volunteer, house.other_caregiver):
		assert remark(client, "Mentee", house.mentee.name, stranger).status_code == 403
	assert remark(login(house.other_caregiver), "Mentee", house.mentee.name).status_code in (403, 404)
	answer = remark(client, "Mentee", house.mentee.name, house.coordinator)
	assert answer.status_code == 200, answer.text[:500]
	frappe.db.rollback()
	told = frappe.get_all("Notification Log", {"email_content": ("like", "%quiet words%")}, pluck="for_user")
	assert set(told) <= {house.coordinator}


@pytest.mark.commits
def test_nobody_likes_follows_or_hands_on_what_they_do_not_see(house, login):
	at = {"doctype": "Mentee", "name": house.mentee.name}
	stranger = login(house.other_caregiver)
	assert refused(stranger.call("frappe.desk.like.toggle_like", add="Yes", **at))
	follow = {"doctype": "Document Follow", "ref_doctype": "Mentee", "ref_docname": house.mentee.name}
	assert refused(stranger.call("frappe.client.insert", doc={**follow, "user": stranger.user}))
	task = {
		"doctype": "ToDo",
		"reference_type": "Mentee",
		"reference_name": house.mentee.name,
		"description": "quiet words",
	}
	for client, to in ((stranger, stranger.user), (login(house.caregiver), house.volunteer)):
		assert refused(client.call("frappe.client.insert", doc={**task, "allocated_to": to}))
	own = {**task, "allocated_to": house.coordinator, "assigned_by": house.caregiver}
	assert login(house.caregiver).call("frappe.client.insert", doc=own).status_code == 200
	frappe.db.rollback()
	assert not frappe.db.get_value("Mentee", house.mentee.name, "_liked_by")
	assert not frappe.get_all("Document Follow", {"ref_doctype": ("in", GUARDED_DOCTYPES)})


def test_a_paper_is_printed_of_its_own_kind_of_record_only(house):
	"""An invented record of another kind that bears the name of a stranger's, or one's own renamed to it."""
	from frappe.www import printview

	session = factories.matching_session(house.mentee.programme, [], [house.mentee])
	records = {
		"Match": house.match.name,
		"Mentor": house.match.mentor,
		"Matching Session": session.name,
		"Mentoring Programme": house.mentee.programme,
	}
	papers = frappe.get_all(
		"Print Format",
		filters={"name": ("in", list(_papers_with_facts()))},
		fields=["name", "doc_type"],
	)
	assert {paper.name for paper in papers} == set(_papers_with_facts())
	for user in (house.volunteer, house.other_caregiver, house.other_coordinator):
		for paper in papers:
			name = records.get(paper.doc_type, "X-1")
			invented = {"doctype": "ToDo", "name": name, "description": ".", "owner": user, "allocated_to": user}
			# Some releases hand on what a paper refuses as an error of the print format.
			refused = pytest.raises((frappe.PermissionError, frappe.ValidationError), match="another kind of record")
			with factories.as_user(user), refused:
				printview.get_html_and_style(json.dumps(invented), print_format=paper.name)
	with factories.as_user(house.coordinator):
		sheet = printview.get_html_and_style("Matching Session", session.name, "Session Sheet Mentees")
	assert house.mentee.name in sheet["html"]


def _papers_with_facts() -> dict[str, str]:
	"""Print format → its template, of all that look something up by the record's name."""
	root = frappe.get_app_path("libes_mentoring")
	found = {}
	for folder, _folders, _names in os.walk(root):
		if os.path.basename(os.path.dirname(folder)) != "print_format":
			continue
		template = os.path.join(folder, f"{os.path.basename(folder)}.html")
		with open(template) as file:
			text = file.read()
		if "_facts(" in text:
			with open(template.replace(".html", ".json")) as file:
				found[json.load(file)["name"]] = text
	return found
