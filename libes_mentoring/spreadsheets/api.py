"""What a browser asks for: the template, and the sample workbook."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

from libes_mentoring.access.roles import COORDINATOR, MANAGER
from libes_mentoring.spreadsheets.sample import build_sample_workbook
from libes_mentoring.spreadsheets.template import Choices, build_template


@frappe.whitelist(methods=["GET"])
def download_template() -> None:
	"""The empty workbook with the site's own lists. Raises PermissionError without a role that imports."""
	frappe.only_for((MANAGER, COORDINATOR))
	_send("mentoring-template.xlsx", build_template(_choices(), _))


@frappe.whitelist(methods=["GET"])
def download_sample() -> None:
	"""The workbook of invented people. Raises PermissionError without a role that imports."""
	frappe.only_for((MANAGER, COORDINATOR))
	_send("mentoring-sample.xlsx", build_sample_workbook(getdate()))


def _choices() -> Choices:
	channels = frappe.get_meta("Mentor").get_field("recruitment_channel").options or ""
	return Choices(
		genders=_names("Gender"),
		channels=[option for option in channels.split("\n") if option],
		countries=_names("Country"),
		partner_organisations=frappe.get_all(
			"Partner Organisation", filters={"active": 1}, pluck="organisation_name", order_by="name asc"
		),
		languages=_names("Mentoring Language"),
		support_areas=_names("Mentoring Support Area"),
		interests=_names("Mentoring Interest"),
	)


def _names(doctype: str) -> list[str]:
	return frappe.get_all(doctype, pluck="name", order_by="name asc")


def _send(name: str, content: bytes) -> None:
	frappe.response.filename = name
	frappe.response.filecontent = content
	frappe.response.type = "binary"
