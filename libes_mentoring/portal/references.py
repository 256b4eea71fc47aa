"""What a referee reads and sends, with a link of their own and without an account."""

import frappe
from frappe import _

from libes_mentoring.mentor_recruitment import link_key, reference_link, reference_rules, references
from libes_mentoring.portal import guest_form
from libes_mentoring.portal.limits import limited

PURPOSE = "reference"
LOOKS_PER_HOUR = 120
ANSWERS_PER_HOUR = 30


@limited(limit=LOOKS_PER_HOUR, seconds=60 * 60)
def by_key(key: str) -> dict | None:
	"""What the page shows to the holder of a key; None alike for one that is unknown, used, replaced or over.

	`{"candidate", "programme", "coordinator", "email"}`. Read past permissions: the key names one reference, and
	no other field leaves this function. Raises TooManyRequestsError where one address asks too often.
	"""
	name = reference_link.holder(key)
	if not name:
		return None
	mentor = frappe.db.get_value("Mentor Reference", name, "mentor")
	candidate = frappe.db.get_value("Mentor", mentor, ["full_name", "programme"], as_dict=True)
	programme = frappe.db.get_value(
		"Mentoring Programme", candidate.programme, ["public_name", "coordinator"], as_dict=True
	)
	who = frappe.db.get_value("User", programme.coordinator, ["full_name", "email"], as_dict=True)
	return {
		"candidate": candidate.full_name,
		"programme": programme.public_name,
		"coordinator": who.full_name,
		"email": who.email,
	}


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited(limit=ANSWERS_PER_HOUR, seconds=60 * 60)
def answer(
	key: str = "",
	known_for: str = "",
	known_as: str = "",
	known_as_words: str = "",
	levels: list | None = None,
	example: str = "",
	trust: str = "",
	to_talk_about: str = "",
	declared_true: bool = False,
	name_typed: str = "",
	form_token: str = "",
	website: str = "",
) -> dict:
	"""Takes what a referee says about the person whom the key stands for, once.

	`key` is the link's, `levels` a level for each quality in the order of the form, `form_token` came with the page.
	`website` is a trap for machines and stays empty.

	Returns `{"thanks"}`; of a machine nothing is stored. Raises DoesNotExistError in the same words for a link that is
	unknown, used, replaced or over, ValidationError with the reasons, by field in `field_errors` of the response,
	and TooManyRequestsError where too many posts come from one address. Nothing is stored then.
	"""
	raw = dict(locals())
	thanks = {"thanks": _("Thank you. Your answers have arrived.")}
	if website:
		return thanks
	guest_form.check_token(form_token, PURPOSE)
	name = reference_link.holder(key)
	# Read by the lock: of two posts at the same moment, the second finds the link used.
	doc = frappe.get_doc("Mentor Reference", name, for_update=True) if name else None
	if not doc or doc.status != references.ASKED or doc.token_hash != link_key.fingerprint(key):
		frappe.flags.disable_traceback = True
		frappe.throw(link_is_over(), frappe.DoesNotExistError)
	answers = reference_rules.tidy(raw)
	if errors := reference_rules.errors_in(answers):
		guest_form.refuse(references.error_words(errors))
	references.store(doc, answers, "By the link")
	return thanks


def new_token() -> str:
	"""A token for the page that is handed out now."""
	return guest_form.new_token(PURPOSE)


def link_is_over() -> str:
	"""One answer for every link that does not work."""
	return _(
		"This link does not work, or not any more. It may have been used already, or its time may be over."
	)
