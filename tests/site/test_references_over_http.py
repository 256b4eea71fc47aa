"""A referee's link over HTTP: two posts at once, pages that answer alike, too many posts."""

import re

import factories
import frappe
import pytest
from frappe.utils import nowdate
from test_races import at_once

from libes_mentoring.mentor_recruitment import reference_link
from libes_mentoring.mentor_recruitment.references import REFERENCE
from libes_mentoring.portal import references as page

pytestmark = pytest.mark.req("R5")

KEY = re.compile(r"key=([0-9a-f]{64})\b")
ANSWER = "libes_mentoring.portal.references.answer"


def committed_link() -> tuple[str, str]:
	"""The name of a reference that waits for an answer, as the server sees it, and its key."""
	doc = factories.reference()
	link = reference_link.renew(doc)
	doc.update({"status": "Asked", "asked_on": nowdate(), "last_mail_on": nowdate()})
	doc.flags.by_procedure = True
	doc.save()
	frappe.db.commit()
	factories.forget_rates()
	return doc.name, KEY.findall(link)[0]


@pytest.mark.commits
def test_of_two_posts_at_the_same_moment_exactly_one_is_stored(login):
	name, key = committed_link()
	token = page.new_token()
	clients = [login() for _ in range(4)]
	answers = at_once(
		[
			lambda client=client, number=number: client.call(
				ANSWER,
				key=key,
				form_token=token,
				**factories.reference_answers(name_typed=f"Sender {number}"),
			)
			for number, client in enumerate(clients)
		]
	)
	assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404]
	frappe.db.rollback()
	won = next(number for number, answer in enumerate(answers) if answer.status_code == 200)
	stored = frappe.get_doc(REFERENCE, name)
	assert (stored.name_typed, len(stored.qualities)) == (f"Sender {won}", 7)
	assert frappe.db.count("Notification Log", {"document_name": name}) == 1


@pytest.mark.commits
def test_the_last_two_accepted_at_the_same_moment_pass_the_step(login):
	programme = factories.programme()
	candidate = factories.mentor(programme=programme, stage="Applied")
	docs = [factories.received_reference(candidate) for _ in range(2)]
	clients = [login(programme.coordinator) for _ in docs]
	decide = "libes_mentoring.mentor_recruitment.references.decide"
	answers = at_once(
		[
			lambda client=client, doc=doc: client.call(decide, reference=doc.name, decision="Accepted")
			for client, doc in zip(clients, docs, strict=True)
		]
	)
	frappe.db.rollback()
	assert sorted(answer.json()["message"] for answer in answers) == [False, True]
	steps = {row.step: row.outcome for row in factories.fresh(candidate).screening_steps}
	assert steps["References"] == "Passed"


@pytest.mark.commits
@pytest.mark.req("P8")
def test_the_page_answers_alike_and_too_many_posts_are_429(login, server):
	import requests

	name, key = committed_link()
	candidate = frappe.db.get_value("Mentor", frappe.db.get_value(REFERENCE, name, "mentor"), "full_name")
	good = requests.get(f"{server.url}/mentoring/reference", {"key": key}, timeout=60)
	assert good.status_code == 200 and candidate in good.text and good.headers["Cache-Control"] == "no-store"
	pages = [
		requests.get(f"{server.url}/mentoring/reference", {"key": wrong} if wrong else {}, timeout=60)
		for wrong in ("", "unknown", key[:-1], f"{key}'")
	]
	assert {page.status_code for page in pages} == {404}
	bodies = {re.sub(r"\d{10}\.\S+", "", page.text) for page in pages}
	assert len(bodies) == 1 and candidate not in bodies.pop()
	client = login()
	statuses = [
		client.call(ANSWER, key=key, **factories.reference_answers(name_typed="")) for _ in range(200)
	]
	codes = [answer.status_code for answer in statuses]
	assert codes[0] == 417 and codes[-1] == 429
	assert "Please try again in an hour" in statuses[-1].text
	assert sum(code != 429 for code in codes) == page.ANSWERS_PER_HOUR
	frappe.db.rollback()
	assert frappe.db.get_value(REFERENCE, name, "status") == "Asked"
