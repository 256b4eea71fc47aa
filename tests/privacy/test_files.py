"""Private files at the records: by their address, through the file manager, and by a second entry for the file."""

from __future__ import annotations

import frappe
import pytest
from privacy_policy import READERS

pytestmark = pytest.mark.req("P8", "S3")

OUTSIDERS = ("volunteer", "former_volunteer", "other_volunteer", "guest", "desk_user", "manager")
FORMER = ("former_caregiver", "former_coordinator")
STRANGERS = (*OUTSIDERS, "other_social_worker", "other_coordinator", "partner", *FORMER)


def closed_files(cast, person: str, which: str = "files") -> list[str]:
	return [url for doctype, url in getattr(cast, which).items() if person not in READERS[doctype]]


@pytest.mark.parametrize("person", STRANGERS)
def test_the_address_of_a_file_is_not_enough(probe, cast, person):
	for url in closed_files(cast, person):
		for answer in (
			probe(person).get(url, "GET /private/files/<file>"),
			probe(person).call("download_file", "GET", file_url=url),
			probe(person).call("frappe.core.doctype.file.file.download_file", "GET", file_url=url),
			probe(person).get(
				f"/api/method/frappe.utils.response.download_private_file?path={url}", "download_private_file"
			),
		):
			assert not answer.leaks
			assert answer.denied or answer.status in (417, 500), answer


@pytest.mark.parametrize("person", STRANGERS)
def test_the_file_manager_shows_none_of_them(probe, cast, ledger, person):
	"""Neither the content nor the name: the name of a file may say all."""
	urls, told = closed_files(cast, person), []
	for answer in (
		probe(person).get("/api/resource/File", fields=["*"], limit_page_length=0),
		probe(person).call("frappe.core.api.file.get_files_in_folder", folder="Home/Attachments"),
		probe(person).call("frappe.core.api.file.get_files_by_search_text", text="paper"),
		probe(person).call("frappe.core.api.file.get_files_by_search_text", text="CANARY"),
		probe(person).call(
			"frappe.desk.reportview.get", doctype="File", fields=["file_url", "attached_to_name"]
		),
	):
		told += answer.leaks
		told += [f"{person}: the list of files names {url}" for url in urls if url in answer.text]
	ledger.leaks.extend(told)
	assert not told


@pytest.mark.parametrize("person", STRANGERS)
def test_a_second_entry_for_the_same_file_opens_nothing(probe, cast, person):
	"""Whoever makes an entry owns it; the file behind it is another matter."""
	leaks = []
	for url in closed_files(cast, person, "bait"):
		values = {"doctype": "File", "file_url": url, "is_private": 1, "file_name": url.split("/")[-1]}
		probe(person).call("frappe.client.insert", doc=values)
		probe(person).send("POST", "/api/resource/File", "POST /api/resource/File", json=values)
		probe(person).call("upload_file", file_url=url, is_private=1, file_name=values["file_name"])
		mine = probe(person).get("/api/resource/File", filters=[["file_url", "=", url]], fields=["name"])
		names = [row["name"] for row in _rows(mine)]
		answers = [probe(person).get(url, "GET /private/files/<file>, after a second entry")]
		answers += [
			probe(person).get(f"{url}?fid={name}", "GET /private/files/<file>?fid=") for name in names
		]
		answers += [probe(person).call("download_file", "GET", file_url=url)]
		answers += [
			probe(person).call("frappe.core.api.file.zip_files", files=[name]) for name in names
		]
		leaks += [leak for answer in answers for leak in answer.leaks]
	assert not leaks


@pytest.mark.parametrize("person", STRANGERS)
def test_no_function_opens_a_file_that_is_named_to_it(probe, cast, person):
	"""By the name of its entry or by its address, whatever the function is for."""
	import_name = cast.leftovers["Data Import"][0]
	for url in closed_files(cast, person):
		entry = frappe.db.get_value("File", {"file_url": url})
		for answer in (
			probe(person).call("frappe.core.api.file.zip_files", "GET", files=[entry]),
			probe(person).call("frappe.core.api.file.zip_files", files=[{"name": entry}, entry]),
			probe(person).call("frappe.core.doctype.file.file.unzip_file", name=entry),
			probe(person).call(
				"frappe.core.doctype.data_import.data_import.get_preview_from_template",
				data_import=import_name,
				import_file=url,
			),
			probe(person).call(
				"run_doc_method",
				docs={"doctype": "Data Import", "name": "new-data-import-1", "__islocal": 1, "import_file": url},
				method="get_preview_from_template",
				args={"import_file": url},
			),
		):
			assert not answer.leaks
			assert answer.denied or answer.status in (417, 500), answer


def _rows(answer) -> list[dict]:
	import json

	try:
		return json.loads(answer.text).get("data") or []
	except ValueError:
		return []


def test_the_caregiver_does_open_the_file(probe, cast):
	url = cast.files["Mentee Case File"]
	for answer in (
		probe("caregiver").get(url),
		probe("caregiver").call("download_file", "GET", file_url=url),
	):
		assert answer.status == 200
		assert [canary.doctype for canary in answer.found] == ["Mentee Case File (file)"]


def test_the_coordinator_opens_the_mentors_file_and_not_the_case_files(probe, cast):
	assert probe("coordinator").get(cast.files["Mentor"]).found
	assert probe("coordinator").get(cast.files["Mentee Case File"], "GET /private/files/<file>").denied
