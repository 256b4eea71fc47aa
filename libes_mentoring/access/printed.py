"""Threat: a paper is printed of some other record, of one's own or invented, that bears the name of a stranger's.

The framework asks for permission on the record that is printed and never whether the print format is made for it; and
what a paper says is looked up by the record's name. So what a paper says is given only where the record that is printed
is of the paper's DocType and is the one asked for.
"""

from collections.abc import Callable
from functools import wraps

import frappe
from frappe import _
from jinja2 import pass_context
from jinja2.runtime import Context


def facts_of(doctype: str) -> Callable:
	"""Decorator of a function that says what a print format of `doctype` holds; its first argument is the record's name.

	Raises PermissionError in a template that prints anything else. Called by the app itself, nothing is asked here:
	whoever calls has asked for permission.
	"""

	def guarded(facts: Callable) -> Callable:
		@pass_context
		@wraps(facts)
		def given(*args, **more):
			if args and isinstance(args[0], Context):
				_check(args[0].get("doc"), doctype, args[1:2])
				args = args[1:]
			return facts(*args, **more)

		return given

	return guarded


def _check(doc, doctype: str, asked: tuple) -> None:
	if getattr(doc, "doctype", None) != doctype or asked != (doc.name,):
		frappe.throw(_("This paper is printed of another kind of record."), frappe.PermissionError)
