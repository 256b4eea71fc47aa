"""Applying as a volunteer: the one function that everybody may call."""

import time

import frappe
from frappe import _
from frappe.utils import cint

from libes_mentoring.portal import application_form as form
from libes_mentoring.portal import guest_form
from libes_mentoring.portal.limits import limit_of_the_site, limited
from libes_mentoring.portal.receiving import receive

APPLICATIONS_PER_HOUR = 20
# From all addresses together: whoever sends from many, or forges theirs, fills no desk with candidates.
OF_THE_SITE_PER_HOUR = 200
PURPOSE = "application"
# An answer that was let through takes at least this long, so that nobody reads from a clock who is known here.
LEAST_SECONDS = 1.0


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited(limit=APPLICATIONS_PER_HOUR, seconds=60 * 60)
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
	skills: str = "",
	experience: str = "",
	languages: list | None = None,
	district: str = "",
	availability_slots: list | None = None,
	availability: str = "",
	hours_per_month: float = 0,
	expectations: str = "",
	recruitment_channel: str = "",
	mobile: str = "",
	consent: bool = False,
	form_token: str = "",
	website: str = "",
) -> dict:
	"""Takes the application of a person who would like to volunteer.

	`programme` is a running programme's name for the outside, `languages` is `[{"language", "level"}]`,
	`availability_slots` is `[{"weekday", "day_part"}]`, the other lists hold words that the form offers, dates are
	written YYYY-MM-DD. `form_token` came with the page. `website` is a trap for machines and stays empty.

	Returns `{"thanks"}`, the same for everybody: somebody known already hears more by mail, and of a machine nothing
	is stored. Raises ValidationError with the reasons, by field in `field_errors` of the response, where an answer is
	missing or does not fit, the person is under age or the token is not good; nothing is stored then. Raises
	TooManyRequestsError where too many posts come from one address, or too many applications from all of them.
	"""
	raw, started = dict(locals()), time.monotonic()
	thanks = {"thanks": _("Thank you. Your application has arrived, and we will write to you soon.")}
	if website:
		return thanks
	guest_form.check_token(form_token, PURPOSE)
	answers = form.tidy(raw)
	if errors := form.errors_in(answers):
		guest_form.refuse(errors)
	limit_of_the_site(PURPOSE, OF_THE_SITE_PER_HOUR, 60 * 60)
	receive(answers, form.programme_named(answers["programme"]))
	# After the commit: nobody else's application waits for it.
	frappe.db.after_commit.add(lambda: time.sleep(max(0, started + LEAST_SECONDS - time.monotonic())))
	return thanks


def new_token() -> str:
	"""A token for the page that is handed out now."""
	return guest_form.new_token(PURPOSE)


def choices() -> dict:
	"""What the form offers: `{"programmes": [{"public_name", "hours_per_month"}], "motivations", "interests",
	"support_areas", "languages", "levels", "weekdays", "day_parts", "channels": [str], "organisation",
	"privacy_contact", "limits"}`."""
	settings = frappe.get_cached_doc("Mentoring Settings")
	programmes = {row.public_name: cint(row.hours_per_month) for row in form.running_programmes()}
	return {
		"programmes": [{"public_name": name, "hours_per_month": hours} for name, hours in programmes.items()],
		**form.offered(),
		"levels": list(form.LEVELS),
		"organisation": settings.organisation_name or "",
		"privacy_contact": settings.privacy_contact or "",
		"limits": form.LIMITS,
	}
