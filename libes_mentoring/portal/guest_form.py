"""What the forms for people without an account share: a token that the page hands out, and refusals by field."""

import time
from typing import NoReturn

import frappe
from frappe import _
from frappe.utils.password import get_encryption_key

from libes_mentoring.portal import form_token


def new_token(purpose: str) -> str:
	"""A token for the page that is handed out now."""
	return form_token.issue(purpose, get_encryption_key(), time.time())


def check_token(token: object, purpose: str) -> None:
	"""Refuses a post that comes from no page of ours of this purpose, or from one that is older than a day."""
	if not form_token.is_valid(token, purpose, get_encryption_key(), time.time()):
		refuse(
			{
				"form_token": _(
					"This page has been open for too long. Please load it again, and send once more."
				)
			}
		)


def refuse(errors: dict[str, str]) -> NoReturn:
	"""Raises ValidationError with the reasons; by field they stand in `field_errors` of the response."""
	frappe.flags.disable_traceback = True
	frappe.local.response["field_errors"] = errors
	frappe.throw("<br>".join(dict.fromkeys(errors.values())), title=_("Please look at your answers again"))
