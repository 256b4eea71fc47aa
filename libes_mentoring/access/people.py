"""Threat: the site's list of users tells volunteers and partners who else there is.

Early releases of Frappe 15 let every login select users, later ones every user of the desk, and no filter of
fields applies. Volunteers and members of a partner organisation see their own account and no other.
"""

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType

from libes_mentoring.access import pointers
from libes_mentoring.access.criteria import EVERYTHING
from libes_mentoring.access.roles import ALL_ROLES, PARTNER, VOLUNTEER

FROM_OUTSIDE = frozenset((VOLUNTEER, PARTNER))
STAFF = frozenset(("System Manager", *ALL_ROLES)) - FROM_OUTSIDE


def is_from_outside(user: str) -> bool:
	"""Whether the app knows the user as a volunteer or a partner, and not as staff of the house too."""
	roles = set(frappe.get_roles(user))
	return user != "Administrator" and bool(roles & FROM_OUTSIDE) and not roles & STAFF


def list_condition(user: str | None = None) -> str:
	"""One parenthesised SQL string (hook permission_query_conditions of User)."""
	user = user or frappe.session.user
	if not is_from_outside(user):
		return f"({EVERYTHING})"
	quote = "`" if frappe.db.db_type == "mariadb" else '"'
	return f"({(DocType('User').name == user).get_sql(with_namespace=True, quote_char=quote)})"


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None, **_kwargs) -> bool:
	"""No for anybody else's account; otherwise what the other hooks say (hook has_permission of User)."""
	user = user or frappe.session.user
	if isinstance(doc, Document) and is_from_outside(user) and doc.name != user:
		return False
	return pointers.others_allow(doc, ptype, user) if isinstance(doc, Document) else True
