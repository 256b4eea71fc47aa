"""Fixtures that only site tests need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest


@pytest.fixture
def count_queries(monkeypatch) -> Callable:
	"""`with count_queries() as counted: …; counted.count`: how many statements were sent to the database."""
	import frappe

	@contextmanager
	def counting():
		counted, send = SimpleNamespace(count=0), frappe.db.sql

		def sql(*args, **kwargs):
			counted.count += 1
			return send(*args, **kwargs)

		with monkeypatch.context() as patch:
			patch.setattr(frappe.db, "sql", sql)
			yield counted

	return counting


@pytest.fixture
def outgoing_mail() -> Iterator[Callable]:
	"""The site can send mail; `outgoing_mail()` gives the texts that wait to be sent, with their headings."""
	import factories
	import frappe

	from libes_mentoring.mentoring_privacy import words

	factories.mail_account()
	frappe.db.delete("Email Queue")

	def texts() -> list[str]:
		queued = [frappe.get_doc("Email Queue", name) for name in frappe.get_all("Email Queue", pluck="name")]
		return [
			"\n".join([words.text_of_message(row.message), *(to.recipient for to in row.recipients)])
			for row in queued
		]

	yield texts
	# The framework remembers the account past the end of the transaction.
	frappe.local.outgoing_email_account = {}


@pytest.fixture
def no_mail(monkeypatch) -> Iterator[None]:
	"""The site has no account to send from, and none in its configuration."""
	import frappe

	monkeypatch.delitem(frappe.local.conf, "mail_server", raising=False)
	frappe.local.outgoing_email_account = {}
	yield
	frappe.local.outgoing_email_account = {}


@pytest.fixture
def nothing_is_committed(monkeypatch, request) -> None:
	"""What commits on its way, after each of many, leaves nothing behind a test that is not marked `commits`."""
	import frappe

	if not request.node.get_closest_marker("commits"):
		monkeypatch.setattr(frappe.db, "commit", lambda: None)


@pytest.fixture
def house() -> Iterator:
	"""Three mentors who are available, three who wait, and the coordinator of their programme logged in."""
	import factories

	made = factories.pool()
	with factories.as_user(made.coordinator):
		yield made
