"""What a mentor's role is in a programme, for a paper that anybody may read.

Source: handbook, "Recruitment tools and channels" (role description).
"""

import frappe
from frappe import _

from libes_mentoring.access.printed import facts_of
from libes_mentoring.mentoring_programme import policy_presets
from libes_mentoring.mentoring_programme.letterhead import letterhead
from libes_mentoring.mentoring_programme.policies import language_of_code
from libes_mentoring.mentoring_programme.staff_rules import supervisor_of

# Fields of the programme that the paper shows in the programme's own words.
FIELDS = (
	"role_title",
	"role_purpose",
	"role_responsibilities",
	"role_place",
	"role_supervision",
	"role_length",
	"role_time",
	"role_qualifications",
	"role_desirable",
	"role_benefits",
	"role_reporting",
)


@facts_of("Mentoring Programme")
def role_description_facts(programme: str) -> frappe._dict:
	"""`{"organisation", "address", "title", "programme" (its name for the outside), "lines": [(label, [words])]}`.

	What the programme has not written follows from its rules, or is taken from our own words.
	"""
	doc = frappe.get_cached_doc("Mentoring Programme", programme)
	house = letterhead()
	_version, words = policy_presets.lists("role_description", language_of_code(frappe.local.lang))
	usual = _usual(doc, words, house["insurer"])
	said = {field: _lines(doc.get(field)) or usual[field] for field in FIELDS}
	labels = {
		"role_purpose": _("Purpose"),
		"role_responsibilities": _("Responsibilities"),
		"role_place": _("Place"),
		"role_supervision": _("Supervision"),
		"role_length": _("Length"),
		"role_time": _("Time"),
		"role_qualifications": _("What is needed"),
		"role_desirable": _("What is welcome"),
		"role_benefits": _("What we offer"),
		"role_reporting": _("Reporting line"),
	}
	return frappe._dict(
		**house,
		title=said["role_title"][0],
		programme=doc.public_name,
		lines=[(label, said[field]) for field, label in labels.items() if said[field]],
	)


def _usual(programme, words: dict, insurer: str | None) -> dict[str, list[str]]:
	"""Each field as it follows from the programme's rules, in our words."""
	names = frappe._dict(
		supervisor=_full_name(supervisor_of(programme)),
		coordinator=_full_name(programme.coordinator),
		insurer=insurer,
	)
	hours, months = programme.hours_per_month, programme.minimum_commitment_months
	return {
		"role_title": [words["title"]],
		"role_purpose": [words["purpose"]],
		"role_responsibilities": words["responsibilities"],
		"role_place": _lines(programme.meeting_place),
		"role_supervision": [words["supervision"].format(**names)],
		"role_length": [words["length"].format(months=months)] if months else [],
		"role_time": [words["time"].format(hours=f"{hours:g}") if hours else words["time_open"]],
		"role_qualifications": words["qualifications"],
		"role_desirable": words["desirable"],
		"role_benefits": [*words["benefits"], *([words["insurance"].format(**names)] if insurer else [])],
		"role_reporting": [words["reporting"].format(**names)],
	}


def _lines(text: str | None) -> list[str]:
	return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _full_name(user: str) -> str:
	return frappe.db.get_value("User", user, "full_name") or ""
