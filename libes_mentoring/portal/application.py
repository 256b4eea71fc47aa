"""Applying as a volunteer: the one function that everybody may call."""

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import cint, formatdate, nowdate

from libes_mentoring.mentor_recruitment.screening_rules import APPLICATION
from libes_mentoring.mentoring_relationship.messages import tell
from libes_mentoring.portal import application_form as form

APPLICATIONS_PER_HOUR = 10


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=APPLICATIONS_PER_HOUR, seconds=60 * 60)
def apply(
	full_name: str = "",
	email: str = "",
	birth_date: str = "",
	programme: str = "",
	motivations: list | None = None,
	motivation: str = "",
	personality: str = "",
	interests: list | None = None,
	support_areas: list | None = None,
	languages: list | None = None,
	district: str = "",
	availability: str = "",
	hours_per_month: float = 0,
	expectations: str = "",
	recruitment_channel: str = "",
	mobile: str = "",
	consent: bool = False,
	website: str = "",
) -> dict:
	"""Takes the application of a person who would like to volunteer.

	`programme` is a running programme's name for the outside, `languages` is `[{"language", "level"}]`, the
	other lists hold words that the form offers, dates are written YYYY-MM-DD. `website` is a trap for machines
	and stays empty.

	Returns `{"thanks"}`, the same for everybody: for an address that is known already, and for a machine,
	nothing is stored. Raises ValidationError with the reasons, by field in `field_errors` of the response, where
	an answer is missing or does not fit or the person is under age; nothing is stored then.
	"""
	raw = dict(locals())
	thanks = {"thanks": _("Thank you. Your application has arrived, and we will write to you soon.")}
	if website:
		return thanks
	answers = form.tidy(raw)
	if errors := form.errors_in(answers):
		_refuse(errors)
	if not frappe.db.exists("Mentor", {"email": answers["email"]}):
		_store(answers)
	return thanks


def choices() -> dict:
	"""What the form offers: `{"programmes": [{"public_name", "hours_per_month"}], "motivations", "interests",
	"support_areas", "languages", "levels", "channels": [str], "organisation", "privacy_contact", "limits"}`."""
	settings = frappe.get_cached_doc("Mentoring Settings")
	programmes = {row.public_name: cint(row.hours_per_month) for row in form.running_programmes()}
	return {
		"programmes": [{"public_name": name, "hours_per_month": hours} for name, hours in programmes.items()],
		"motivations": list(form.MOTIVATIONS),
		"interests": form.words("Mentoring Interest"),
		"support_areas": form.words("Mentoring Support Area"),
		"languages": form.words("Mentoring Language"),
		"levels": list(form.LEVELS),
		"channels": form.channels(),
		"organisation": settings.organisation_name or "",
		"privacy_contact": settings.privacy_contact or "",
		"limits": form.LIMITS,
	}


def _refuse(errors: dict[str, str]) -> None:
	frappe.flags.disable_traceback = True
	frappe.local.response["field_errors"] = errors
	frappe.throw("<br>".join(dict.fromkeys(errors.values())), title=_("Please look at your answers again"))


def _store(answers: dict) -> None:
	programme = next(row.name for row in form.running_programmes() if row.public_name == answers["programme"])
	mentor = frappe.get_doc(
		{
			"doctype": "Mentor",
			"stage": "Applied",
			"programme": programme,
			"capacity": 1,
			**{
				field: answers[field]
				for field in (
					"full_name",
					"birth_date",
					"district",
					"hours_per_month",
					"personality",
					"availability",
					"expectations",
					"recruitment_channel",
					"languages",
				)
			},
			"email": answers["email"].lower(),
			"mobile": answers["mobile"],
			"motivation": "\n".join([*answers["motivations"], *filter(None, [answers["motivation"]])]),
			"interests": [{"interest": interest} for interest in answers["interests"]],
			"support_areas": [{"support_area": area} for area in answers["support_areas"]],
			"screening_steps": [{"step": APPLICATION, "outcome": "Open", "note": _consent_note()}],
		}
	)
	# A guest has no permission on anything; what is stored is only what the form has let through.
	mentor.insert(ignore_permissions=True)
	coordinator = frappe.db.get_value("Mentoring Programme", programme, "coordinator")
	tell([coordinator], _("A new application has arrived"), "Mentor", mentor.name)


def _consent_note() -> str:
	return _("Sent through the public form. Agreed to the processing of these data on {0}.").format(
		formatdate(nowdate(), "d MMMM yyyy")
	)
