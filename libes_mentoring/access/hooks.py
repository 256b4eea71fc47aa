"""What Frappe's permission hooks call. Every path gives True or False: an open answer means allow on
Frappe 15 and deny on 16."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.model.document import Document

from libes_mentoring.access import criteria
from libes_mentoring.access.policy import CHILD_TABLES, GUARDED_DOCTYPES, list_hook_name

# Handing a record on to a person outside its scope would go round the policy.
NEVER_GRANTED = ("share",)


def _list_hook(doctype: str) -> Callable[[str | None], str]:
	def list_condition(user: str | None = None) -> str:
		return criteria.list_condition(doctype, user or frappe.session.user)

	return list_condition


# One function for each DocType (hook permission_query_conditions: lists, reports, link fields, counts): early
# releases of Frappe 15 do not tell a hook which DocType it is asked about.
globals().update({list_hook_name(doctype): _list_hook(doctype) for doctype in GUARDED_DOCTYPES})


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None, **_kwargs) -> bool:
	"""Whether the user may do `ptype` with this record, as far as rows go (hook has_permission)."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if ptype in NEVER_GRANTED:
		return False
	if not isinstance(doc, Document):
		# Asked about the DocType as a whole: DocPerm has answered that.
		return True
	if doc.doctype in CHILD_TABLES:
		return not doc.get("parent") or criteria.row_is_visible(doc.parenttype, doc.parent, user, ptype)
	if ptype == "create" or doc.is_new():
		# Said to be new under the name of one that is stored: papers look records up by their names.
		if doc.name and frappe.db.exists(doc.doctype, doc.name):
			return criteria.row_is_visible(doc.doctype, doc.name, user, ptype)
		return criteria.may_add(doc.doctype, doc.as_dict(), user)
	return criteria.row_is_visible(doc.doctype, doc.name, user, ptype)


def refuse_share(doc: Document, method: str | None = None) -> None:
	"""No record of the app is shared by hand or by an assignment: a share overrides every other rule."""
	if doc.share_doctype in GUARDED_DOCTYPES:
		frappe.throw(
			_("Records of the mentoring programme are not shared. Access follows the caregiver and the programme."),
			frappe.PermissionError,
		)
