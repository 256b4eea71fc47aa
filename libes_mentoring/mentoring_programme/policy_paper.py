"""A text that people accept, on paper: what its print format shows."""

import frappe
from frappe.utils.html_utils import sanitize_html

from libes_mentoring.access.printed import facts_of
from libes_mentoring.mentoring_programme import policies
from libes_mentoring.mentoring_programme.letterhead import letterhead


@facts_of("Policy Document")
def policy_paper_facts(policy: str) -> frappe._dict:
	"""`{"organisation", "address", "title", "version", "in_force_from", "language", "text" (HTML), "is_signed"}`.

	In the language that is printed in, else English, else the first there is. The general terms of the agreement are
	signed with the agreement, a mentee's consent is recorded by itself: neither has lines to sign on.
	"""
	doc = frappe.get_cached_doc("Policy Document", policy)
	facts = frappe._dict(
		**letterhead(),
		title=doc.title,
		version=doc.version,
		in_force_from=doc.in_force_from,
		is_signed=doc.policy_kind not in policies.NOT_ASKED_OF_MENTORS,
		language="",
		text="",
	)
	if doc.texts:
		shown = policies.text_in(policy, [policies.language_of_code(frappe.local.lang)])
		facts.update(language=shown.language, text=sanitize_html(shown.text or ""))
	return facts
