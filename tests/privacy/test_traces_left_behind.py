"""What the framework keeps of our records beside them: logs, queues, histories, finished reports, others' web forms."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from privacy_leftovers import REPORT, WEB_FORM

pytestmark = pytest.mark.req("P8", "S3")

STRANGERS = (
	"volunteer",
	"former_volunteer",
	"other_volunteer",
	"guest",
	"desk_user",
	"partner",
	"other_partner",
	"other_social_worker",
	"other_coordinator",
	"manager",
	"privacy_officer",
)
PREPARED = "frappe.core.doctype.prepared_report.prepared_report."


@pytest.mark.parametrize("person", STRANGERS)
def test_no_row_that_was_left_behind_is_read(probe, cast, person):
	leaks, read = [], []
	for doctype, names in cast.leftovers.items():
		for name in names:
			path = f"/api/resource/{quote(doctype)}/{quote(str(name))}"
			for answer in (
				probe(person).get(path, f"GET /api/resource/{doctype}/<name>"),
				probe(person).call("frappe.desk.form.load.getdoc", "GET", doctype=doctype, name=name),
				probe(person).call("frappe.client.get_value", doctype=doctype, filters=name, fieldname=["*"]),
			):
				leaks += answer.leaks
				if answer.found and not answer.leaks:
					read.append(f"{doctype}: {answer.found}")
		for words in ({"filters": {"name": ["in", names]}}, {"or_filters": {"name": ["in", names]}}):
			answer = probe(person).call(
				"frappe.client.get_list", doctype=doctype, fields=["*"], limit_page_length=0, **words
			)
			leaks += answer.leaks
	assert not leaks
	assert not read


@pytest.mark.parametrize("person", STRANGERS)
def test_a_finished_report_is_whose_it_is(probe, cast, person):
	[name] = cast.leftovers["Prepared Report"]
	leaks = []
	for function, arguments in (
		(PREPARED + "download_attachment", {"dn": name}),
		(PREPARED + "get_reports_in_queued_state", {"report_name": REPORT, "filters": {}}),
		(
			"frappe.desk.query_report.run",
			{"report_name": REPORT, "filters": {"prepared_report_name": name}},
		),
		("frappe.desk.query_report.run", {"report_name": REPORT, "filters": {}, "is_tree": 0}),
		("frappe.desk.query_report.export_query", {"report_name": REPORT, "file_format_type": "CSV"}),
	):
		leaks += probe(person).call(function, "GET", **arguments).leaks
	answer = probe(person).get(cast.report_file, "GET file of a prepared report")
	assert not (leaks or answer.leaks)
	assert answer.denied


@pytest.mark.parametrize("person", STRANGERS)
def test_a_web_form_made_of_mentees_shows_none(probe, cast, person):
	mentee = cast.name("Mentee")
	html = {"headers": {"Accept": "text/html"}}
	leaks = []
	for path in (f"/{WEB_FORM}", f"/{WEB_FORM}/{mentee}", f"/{WEB_FORM}/{mentee}/edit", f"/{WEB_FORM}/list"):
		leaks += probe(person).send("GET", path, "GET <web form>", **html).leaks
	form = "frappe.website.doctype.web_form.web_form."
	for function, arguments in (
		("get_form_data", {"doctype": "Mentee", "docname": mentee, "web_form_name": WEB_FORM}),
		("get_in_list_view_fields", {"doctype": "Mentee"}),
		("get_link_options", {"web_form_name": WEB_FORM, "doctype": "Mentee", "allow_read_on_all_link_options": 1}),
	):
		leaks += probe(person).call(form + function, **arguments).leaks
	leaks += probe(person).call(
		"frappe.www.list.get_list_data", "GET", doctype="Mentee", web_form_name=WEB_FORM, limit=50
	).leaks
	assert not leaks


def test_they_are_there_for_the_administrator(probe, cast):
	"""The control: each row can be read by who may read everything."""
	for doctype, names in cast.leftovers.items():
		answer = probe("administrator").get(f"/api/resource/{quote(doctype)}/{quote(str(names[0]))}")
		assert answer.found, doctype
	assert probe("administrator").get(cast.report_file).found
	page = probe("guest").send("GET", f"/{WEB_FORM}", headers={"Accept": "text/html"})
	assert page.status == 200 and "About mentees" in page.text
