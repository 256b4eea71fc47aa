"""Payment lists: approved expenses that are paid together, as a workbook or as plain lines.

Making a list marks its claims in the same transaction, under their locks: run twice, or by two people at once, no
claim is ever in two lists. A list can be downloaded again as often as it is needed.
"""

import csv
import io
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import format_date, getdate, now_datetime

from libes_mentoring import days
from libes_mentoring.access.criteria import row_is_visible
from libes_mentoring.mentor_support.expenses import APPROVED, EXPENSE, PAID, is_own, to_handle
from libes_mentoring.mentor_support.notices import EXPENSES_PAGE, tell_volunteer
from libes_mentoring.spreadsheets.workbook import FORMULA, workbook

BATCH = "Mentor Expense Batch"
TO_BE_PAID = "To be paid"
REFERENCE_LENGTH = 140
COLUMNS = (
	"name",
	"mentor",
	"mentor_name",
	"spent_on",
	"kind",
	"amount",
	"currency",
	"decided_by",
	"decided_on",
)


@frappe.whitelist(methods=["POST"])
def make(programme: str) -> dict:
	"""Puts all approved claims of a programme that are in no list yet into a new one: `{"batch", "claims"}`.

	Claims of the user's own are left for somebody else. Raises PermissionError for whoever does not coordinate the
	programme, ValidationError where nothing is to be paid.
	"""
	if not frappe.has_permission(BATCH, "write") or not row_is_visible(
		"Mentoring Programme", programme, frappe.session.user
	):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	claims = [row for row in _waiting(programme) if not is_own(row, frappe.session.user)]
	if not claims:
		frappe.throw(_("Nothing is to be paid: no approved claim is outside a payment list."))
	batch = frappe.get_doc(
		{
			"doctype": BATCH,
			"programme": programme,
			"status": TO_BE_PAID,
			"made_on": now_datetime(),
			"made_by": frappe.session.user,
			"number_of_claims": len(claims),
			"totals": ", ".join(f"{amount:.2f} {currency}" for currency, amount in _totals(claims).items()),
		}
	)
	# Nobody makes one by hand; that the user handles the programme's expenses was asked above.
	batch.insert(ignore_permissions=True)
	for row in claims:
		frappe.db.set_value(EXPENSE, row.name, "payment_batch", batch.name)
	return {"batch": batch.name, "claims": len(claims)}


@frappe.whitelist(methods=["GET"])
def download(batch: str, file_type: str = "xlsx") -> None:
	"""Answers with a payment list as `payments-<list>.xlsx` or `.csv`; nothing is changed.

	Raises PermissionError for whoever does not coordinate its programme, ValidationError for another kind of file.
	"""
	doc = _own(batch)
	lines = _lines(doc)
	if file_type == "xlsx":
		content = workbook([(doc.name, lines)])
	elif file_type == "csv":
		content = as_csv(lines)
	else:
		frappe.throw(_("A payment list is downloaded as xlsx or as csv."))
	frappe.response["filename"] = f"payments-{doc.name}.{file_type}"
	frappe.response["filecontent"] = content
	frappe.response["type"] = "binary"


@frappe.whitelist(methods=["POST"])
def mark_paid(batch: str, paid_on: str, reference: str = "") -> None:
	"""Notes that a payment list was paid, with all its claims, on a day (YYYY-MM-DD) and under a reference.

	Raises PermissionError for whoever does not coordinate its programme, ValidationError where it is paid already,
	the day is still to come or is none.
	"""
	doc = to_handle(BATCH, batch)
	if doc.status == PAID:
		frappe.throw(_("This payment list is paid already."))
	day = days.entered(paid_on)
	if day > getdate():
		frappe.throw(_("It cannot have been paid in the future."))
	paid = {"paid_on": day, "payment_reference": (reference or "").strip()[:REFERENCE_LENGTH]}
	doc.update({"status": PAID, **paid})
	doc.flags.by_procedure = True
	doc.save()
	claims = claims_of(doc.name)
	for row in claims:
		frappe.db.set_value(EXPENSE, row.name, {"status": PAID, **paid})
	for mentor in dict.fromkeys(row.mentor for row in claims):
		tell_volunteer(mentor, EXPENSES_PAGE)


@frappe.whitelist(methods=["POST"])
def draft_in_erpnext(batch: str, company: str, expense_account: str, payable_account: str) -> list[str]:
	"""Makes draft journal entries in ERPNext for a payment list, one for each currency, and returns their names.

	The user's own rights in ERPNext decide whether that may be. Raises ValidationError where ERPNext is not installed,
	the list is paid or drafted already, or an account does not fit; PermissionError for whoever does not coordinate its
	programme.
	"""
	doc = to_handle(BATCH, batch)
	if not erpnext_is_installed():
		frappe.throw(_("ERPNext is not installed on this site."))
	if doc.status == PAID:
		frappe.throw(_("This payment list is paid already."))
	_check_not_drafted(doc)
	from libes_mentoring.integrations import erpnext_expenses

	claims = claims_of(doc.name)
	currency = frappe.db.get_value("Company", company, "default_currency")
	for account in (expense_account, payable_account):
		_check_account(account, currency, {row.currency for row in claims})
	accounts = erpnext_expenses.Accounts(company, expense_account, payable_account, currency)
	drafts = [
		frappe.get_doc(entry).insert().name
		for entry in erpnext_expenses.journal_entries(doc.name, claims, accounts, getdate())
	]
	doc.update({"drafted_on": getdate(), "draft_entry": ", ".join(drafts)})
	doc.flags.by_procedure = True
	doc.save()
	return drafts


def _check_not_drafted(batch) -> None:
	"""Refuses a second draft, as long as one of the first is there; the caller holds the payment list's lock."""
	if not batch.drafted_on:
		return
	first = (batch.draft_entry or "").split(", ")
	# A locking read: a plain one would not see what the first of two clicks has just made.
	kept = {"name": ("in", first), "docstatus": ("<", 2)}
	if there := frappe.db.get_values("Journal Entry", kept, "name", for_update=True):
		frappe.throw(
			_("This payment list was drafted in ERPNext on {0} already: {1}.").format(
				format_date(batch.drafted_on), ", ".join(sorted(name for (name,) in there))
			)
		)


def _check_account(account: str, company_currency: str | None, currencies: set[str]) -> None:
	"""Refuses an account on which these drafts cannot be booked as they are."""
	row = frappe.db.get_value("Account", account, ["account_type", "account_currency"], as_dict=True)
	if not row or not company_currency:
		frappe.throw(_("Please choose a company and accounts that are known in ERPNext."))
	if row.account_type in ("Payable", "Receivable"):
		frappe.throw(
			_(
				"ERPNext asks for a party on the account {0}, and the drafts name nobody. Please choose one that is not of the type Payable or Receivable."
			).format(account)
		)
	kept_in = row.account_currency or company_currency
	if other := sorted(currencies - {kept_in}):
		# ERPNext would take the figures for amounts in the account's own currency.
		frappe.throw(
			_(
				"The account {0} is kept in {1}, and this list has amounts in {2}. Please choose another account, or book the list by hand."
			).format(account, kept_in, ", ".join(other))
		)


def erpnext_is_installed() -> bool:
	return "erpnext" in frappe.get_installed_apps()


def tell_the_form(batch) -> None:
	"""What the desk's form has to know (controller, onload)."""
	batch.set_onload("erpnext", erpnext_is_installed())


def claims_of(batch: str) -> list[frappe._dict]:
	"""The claims in a payment list with the fields `COLUMNS`; the caller has asked for permission on the list."""
	return frappe.get_all(
		EXPENSE, filters={"payment_batch": batch}, fields=list(COLUMNS), order_by="mentor_name asc, name asc"
	)


def as_csv(lines: list[list[Any]]) -> bytes:
	"""The lines for a spreadsheet program, which must take no text for a formula."""
	out = io.StringIO()
	csv.writer(out).writerows([[_harmless(value) for value in line] for line in lines])
	# The mark by which spreadsheet programs know the encoding.
	return out.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
	if isinstance(value, float):
		return f"{value:.2f}"
	return f"'{value}" if isinstance(value, str) and value.lstrip().startswith(FORMULA) else value


def _lines(batch) -> list[list[Any]]:
	headings = [
		_("Payment list"),
		_("Claim"),
		_("Mentor"),
		_("Name"),
		_("Spent on"),
		_("Kind"),
		_("Amount"),
		_("Currency"),
		_("Approved by"),
		_("Approved on"),
	]
	return [
		headings,
		*(
			[
				batch.name,
				row.name,
				row.mentor,
				row.mentor_name or "",
				format_date(row.spent_on, "yyyy-MM-dd"),
				_(row.kind),
				round(float(row.amount), 2),
				row.currency,
				row.decided_by or "",
				format_date(row.decided_on, "yyyy-MM-dd"),
			]
			for row in claims_of(batch.name)
		),
	]


def _waiting(programme: str) -> list[frappe._dict]:
	"""Approved claims in no list, locked: of two who make one, the second waits here and then finds none."""
	table = frappe.qb.DocType(EXPENSE)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.mentor, table.amount, table.currency)
		.where((table.programme == programme) & (table.status == APPROVED))
		.where(table.payment_batch.isnull() | (table.payment_batch == ""))
		.orderby(table.name)
	)
	return (query if frappe.db.db_type == "sqlite" else query.for_update()).run(as_dict=True)


def _totals(claims: list) -> dict[str, Decimal]:
	found: dict[str, Decimal] = {}
	for row in claims:
		found[row.currency] = found.get(row.currency, Decimal(0)) + Decimal(str(row.amount))
	return found


def _own(batch: str):
	if not frappe.has_permission(BATCH, "read") or not frappe.db.exists(BATCH, batch):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	doc = frappe.get_doc(BATCH, batch)
	doc.check_permission("read")
	return doc
