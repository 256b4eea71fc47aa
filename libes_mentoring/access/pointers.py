"""Threat: records of the framework that point at ours (comments, tags, follows, logs, files) tell of them.

The framework shows such rows to whoever may read their DocType, wherever they point. Here a row that points
at a record of the app is seen only by those who see that record. Rows that point elsewhere are left alone.
"""

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Substring
from pypika.terms import Criterion

from libes_mentoring.access import criteria
from libes_mentoring.access.pointer_fields import POINTERS, pointer_hook_name
from libes_mentoring.access.policy import GUARDED_DOCTYPES, POLICY

# What the desk calls a record that is not stored yet.
UNSAVED = "new-"
# Our own hooks, which do not ask themselves.
OWN_HOOKS = (
	"libes_mentoring.access.pointers.has_permission",
	"libes_mentoring.access.files.has_permission",
	"libes_mentoring.access.people.has_permission",
)


def is_visible(doctype: str | None, name: str | None, user: str) -> bool:
	"""Whether a row that points at this record may be seen: yes for records that are not the app's."""
	if user == "Administrator" or doctype not in GUARDED_DOCTYPES:
		return True
	return doctype in POLICY and bool(name) and criteria.row_is_visible(doctype, str(name), user)


def list_condition(doctype: str, user: str) -> str:
	"""One parenthesised SQL string that leaves out the rows which point at records the user does not see."""
	if user == "Administrator":
		return f"({criteria.EVERYTHING})"
	row = DocType(doctype)
	kind, name = (row[field] for field in POINTERS[doctype])
	allowed = [Coalesce(kind, "").notin(GUARDED_DOCTYPES)]
	for guarded in POLICY:
		if not criteria.rules_for(guarded, user):
			continue
		found, target = criteria.criterion(guarded, user), DocType(guarded)
		seen = kind == guarded
		if found is not None:
			seen &= name.isin(frappe.qb.from_(target).select(target.name).where(found))
		allowed.append(seen)
	if doctype == "File":
		allowed.append((row.owner == user) & (Substring(name, 1, len(UNSAVED)) == UNSAVED))
	quote = "`" if frappe.db.db_type == "mariadb" else '"'
	return f"({Criterion.any(allowed).get_sql(with_namespace=True, quote_char=quote)})"


def _list_hook(doctype: str) -> Callable[[str | None], str]:
	def condition(user: str | None = None) -> str:
		return list_condition(doctype, user or frappe.session.user)

	return condition


# One function for each DocType: early releases of Frappe 15 do not tell a hook which DocType it is asked about.
globals().update({pointer_hook_name(doctype): _list_hook(doctype) for doctype in POINTERS})


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None, **_kwargs) -> bool:
	"""No, where the row points at a record that the user does not see; otherwise what the other hooks say."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if isinstance(doc, Document) and not all(_may_be_seen(doc, to, user) for to in _points_at(doc)):
		return False
	return others_allow(doc, ptype, user)


def _points_at(doc: Document) -> set[tuple]:
	"""Where the row points as it is given, and as it is stored: neither alone is enough."""
	kind, name = POINTERS[doc.doctype]
	found = {(doc.get(kind), doc.get(name))}
	if not doc.is_new() and (stored := frappe.db.get_value(doc.doctype, doc.name, [kind, name])):
		found.add(tuple(stored))
	return found


def _may_be_seen(doc: Document, to: tuple, user: str) -> bool:
	if doc.doctype == "File" and str(to[1] or "").startswith(UNSAVED) and (doc.owner or user) == user:
		return True
	if doc.doctype == "Notification Log" and to[0] in GUARDED_DOCTYPES and doc.for_user != user:
		# The framework lists notices to their receiver only, and hands a single one to anybody who has its name.
		return False
	return is_visible(*to, user)


def others_allow(doc: Document, ptype: str | None, user: str) -> bool:
	"""What the hooks of the framework and of other apps answer, asked as Frappe 15 asks them.

	A hook that leaves the answer open passes the question on there, and denies on Frappe 16. Asked from here,
	both hold: ours never stands in for an answer that another hook has to give.
	"""
	for method in reversed(frappe.get_hooks("has_permission").get(doc.doctype, [])):
		if method in OWN_HOOKS:
			continue
		answer = frappe.call(frappe.get_attr(method), doc=doc, ptype=ptype, user=user)
		if answer is not None:
			return bool(answer)
	return True
