"""Asking expenses back from the phone."""

import base64
import binascii
from datetime import date

import frappe
from frappe import _

from libes_mentoring.mentor_support import expenses
from libes_mentoring.mentor_support.receipts import LARGEST_RECEIPT
from libes_mentoring.mentor_support.written import as_written
from libes_mentoring.portal import scope

LATEST_CLAIMS = 50
KEY_LENGTH = (8, 64)


@frappe.whitelist(methods=["POST"])
def claim(
	amount: str = "",
	currency: str = "",
	kind: str = "",
	spent_on: str = "",
	purpose: str = "",
	receipt: str = "",
	key: str = "",
	again: str = "",
) -> dict:
	"""Sends a claim of the volunteer, or one that was sent back (`again`) with new values.

	`receipt` is the file in base64, `spent_on` is written YYYY-MM-DD, `key` is drawn by the form anew for each claim:
	the same key sent twice gives the first claim again. Returns the claim as `my_claims` does.

	Raises PermissionError where `again` is not one of the volunteer's own, ValidationError with the reasons, by field in
	`field_errors` of the response, where something is missing or does not fit; nothing is stored then, no file either.
	"""
	mentor = scope.own_mentor()
	if again and not frappe.db.exists(expenses.EXPENSE, {"name": str(again), "mentor": mentor}):
		scope.refuse()
	if not KEY_LENGTH[0] <= len(key or "") <= KEY_LENGTH[1]:
		frappe.throw(_("Please open the page again and send the form from there."))
	values = {
		"amount": amount,
		"currency": currency,
		"kind": kind,
		"spent_on": _day(spent_on),
		"purpose": purpose,
	}
	try:
		doc = expenses.claim(mentor, values, _bytes(receipt), key, again or None)
	except expenses.ClaimRefused as refused:
		frappe.flags.disable_traceback = True
		frappe.local.response["field_errors"] = refused.errors
		frappe.throw("<br>".join(refused.errors.values()), title=_("Please look at your claim again"))
	return _shown(doc)


@frappe.whitelist(methods=["GET"])
def my_claims() -> list[dict]:
	"""The volunteer's own claims, the latest fifty, the newest first.

	`[{"claim", "amount", "currency", "kind", "spent_on", "purpose", "state" (in the volunteer's words), "may_send_again",
	"note" (what staff wrote to the volunteer), "paid_on", "has_receipt"}]`. Who decided is not told.

	Raises PermissionError for everybody who is not a volunteer.
	"""
	mentor = scope.own_mentor()
	# Read past permissions: the filter is the person asking, and only named fields leave.
	rows = frappe.get_all(
		expenses.EXPENSE,
		filters={"mentor": mentor},
		fields=[
			"name",
			"amount",
			"currency",
			"kind",
			"spent_on",
			"purpose",
			"status",
			"note_to_mentor",
			"paid_on",
			"receipt",
		],
		order_by="creation desc, name desc",
		limit_page_length=LATEST_CLAIMS,
	)
	return [_shown(row) for row in rows]


@frappe.whitelist(methods=["GET"])
def receipt(claim: str) -> None:
	"""The receipt of one of the volunteer's own claims, as it is kept.

	Raises the same PermissionError for a claim of somebody else, one without a receipt and one that does not exist.
	"""
	mine = {"name": str(claim), "mentor": scope.own_mentor()}
	url = frappe.db.get_value(expenses.EXPENSE, mine, "receipt")
	entry = url and frappe.db.get_value(
		"File", {"attached_to_doctype": expenses.EXPENSE, "attached_to_name": str(claim), "file_url": url}
	)
	if not entry:
		scope.refuse()
	file = frappe.get_doc("File", entry)
	# The bytes by the file's own way; that the claim is the volunteer's own was checked above.
	frappe.local.response.filename = f"receipt.{file.file_name.rpartition('.')[2]}"
	frappe.local.response.filecontent = file.get_content()
	frappe.local.response.display_content_as = "attachment"
	frappe.local.response.type = "download"


def offer() -> dict:
	"""What the form offers: `{"currencies", "kinds", "latest_days", "limit_claim", "limit_month", "receipt_above"}`.

	Amounts are None where there is no limit. Raises PermissionError for everybody who is not a volunteer.
	"""
	programme = frappe.db.get_value("Mentor", scope.own_mentor(), "programme")
	terms = expenses.terms_of(programme)
	return {
		"currencies": list(terms.currencies),
		"kinds": list(terms.kinds),
		"latest_days": terms.latest_days,
		"limit_claim": terms.limit_claim,
		"limit_month": terms.limit_month,
		"receipt_above": terms.receipt_above,
	}


def state_in_words(status: str) -> str:
	return {
		expenses.SENT: _("Sent: your coordinator looks at it"),
		expenses.SENT_BACK: _("Sent back to you"),
		expenses.APPROVED: _("Approved: it will be paid"),
		expenses.REFUSED: _("Not reimbursed"),
		expenses.PAID: _("Paid"),
	}[status]


def _shown(row) -> dict:
	return {
		"claim": row.name,
		"amount": f"{row.amount:.2f}",
		"currency": row.currency,
		"kind": row.kind,
		"spent_on": row.spent_on,
		"purpose": as_written(row.purpose),
		"state": state_in_words(row.status),
		"may_send_again": row.status == expenses.SENT_BACK,
		"note": as_written(row.note_to_mentor),
		"paid_on": row.paid_on,
		"has_receipt": bool(row.receipt),
	}


def _day(value: str) -> date | None:
	try:
		return date.fromisoformat(str(value or "").strip())
	except ValueError:
		return None


def _bytes(encoded: str) -> bytes | None:
	"""The file that was sent; what is no base64 is no receipt, and is refused with the words for that."""
	if not encoded:
		return None
	if len(encoded) > LARGEST_RECEIPT * 2:
		return b" " * (LARGEST_RECEIPT + 1)
	try:
		return base64.b64decode(encoded, validate=True)
	except (binascii.Error, ValueError):
		return b"?"
