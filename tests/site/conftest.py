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
