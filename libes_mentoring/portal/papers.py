"""A volunteer's own papers as PDF. Neither they nor their file names say anything about the mentee."""

import frappe

from libes_mentoring.portal import policies, scope
from libes_mentoring.portal.printing import send_pdf


@frappe.whitelist(methods=["GET"])
def agreement(match: str) -> None:
	"""The paper about one of the own running matches, as a PDF. Raises PermissionError otherwise.

	It is another one than the volunteer agreement that both sides sign (`own_agreement`), and is called otherwise.
	"""
	send_pdf("Match", scope.own_match(match).name, "Mentor Agreement", "agreement-about-this-match.pdf")


@frappe.whitelist(methods=["GET"])
def first_meeting(match: str) -> None:
	"""What to know before the first meeting of one of the own running matches, as a PDF. Raises PermissionError otherwise.

	It carries the wishes that the mentee agreed to share, and nothing else of the mentee but the alias.
	"""
	send_pdf("Match", scope.own_match(match).name, "First Meeting Mentor", "first-meeting.pdf")


@frappe.whitelist(methods=["GET"])
def own_agreement(agreement: str) -> None:
	"""One of the volunteer's own agreements that were sent or signed, as a PDF. Raises PermissionError otherwise.

	It stays available after its end: both sides keep what they have signed.
	"""
	name = policies.own_agreement(scope.own_mentor(), agreement)
	send_pdf("Volunteer Agreement", name, "Volunteer Agreement", "volunteer-agreement.pdf")


@frappe.whitelist(methods=["GET"])
def certificate(closure: str) -> None:
	"""The certificate for one of the own matches that are closed, as a PDF. Raises PermissionError otherwise.

	It stays available: it thanks the volunteer, and the access to the match itself has ended.
	"""
	if closure not in [row.closure for row in scope.own_closures()]:
		scope.refuse()
	send_pdf("Closure", closure, "Mentor Certificate", "certificate.pdf")


@frappe.whitelist(methods=["GET"])
def my_certificates() -> list[dict]:
	"""`[{"closure", "programme" (its name for the outside), "ended"}]`, the latest first."""
	rows = scope.own_closures()
	public_names = dict(
		frappe.get_all(
			"Mentoring Programme",
			filters={"name": ("in", [row.programme for row in rows])},
			fields=["name", "public_name"],
			as_list=True,
		)
	)
	return [
		{"closure": row.closure, "programme": public_names[row.programme], "ended": row.ended} for row in rows
	]
