"""Fixtures that only site tests need."""

from collections.abc import Callable
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
def outgoing_mail() -> Callable:
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

	return texts
