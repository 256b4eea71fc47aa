"""Mentors' expenses: a claim with its receipt, and the decision on it.

A claim names no mentee, and nobody decides on their own.
"""

import secrets
from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_days, add_to_date, fmt_money, get_first_day, get_last_day, getdate, now_datetime

from libes_mentoring.access.roles import MANAGER
from libes_mentoring.access.staff import managers
from libes_mentoring.failures import each
from libes_mentoring.mentor_support import board_rules, expense_rules, receipts
from libes_mentoring.mentor_support.notices import EXPENSES_PAGE, tell_volunteer
from libes_mentoring.mentoring_relationship.messages import tell
from libes_mentoring.mentoring_relationship.recipients import tell_coordinator

EXPENSE = "Mentor Expense"
SENT, SENT_BACK, APPROVED, REFUSED, PAID = "Sent", "Sent back", "Approved", "Refused", "Paid"
PURPOSE_LENGTH, NOTE_LENGTH = 500, 1000
CLAIMS_PER_HOUR = 20
REMIND_AFTER_DAYS = 7
TERM_FIELDS = (
	"expense_currency",
	"expense_limit_claim",
	"expense_limit_month",
	"expense_receipt_above",
	"expense_latest_days",
	"expense_manager_above",
)


def terms_of(programme: str) -> expense_rules.Terms:
	"""The programme's rules. Without a currency of its own, the site's counts; without any, nothing is reimbursed."""
	row = frappe.db.get_value("Mentoring Programme", programme, TERM_FIELDS, as_dict=True)
	others = frappe.get_all(
		"Mentoring Programme Currency",
		filters={"parenttype": "Mentoring Programme", "parent": programme},
		pluck="currency",
		order_by="idx asc",
	)
	first = row.expense_currency or frappe.db.get_default("currency")
	return expense_rules.Terms(
		currencies=tuple(dict.fromkeys(filter(None, (first, *others)))),
		kinds=tuple(frappe.get_meta(EXPENSE).get_field("kind").options.split("\n")),
		limit_claim=_money(row.expense_limit_claim) or None,
		limit_month=_money(row.expense_limit_month) or None,
		receipt_above=_money(row.expense_receipt_above),
		latest_days=row.expense_latest_days or None,
		manager_above=_money(row.expense_manager_above) or None,
	)


def claim(
	mentor: str,
	values: dict,
	receipt: bytes | None,
	client_key: str,
	again: str | None = None,
):
	"""Stores a claim of a mentor, or (`again`) one that was sent back with new values, and returns it.

	`values` holds `amount`, `currency`, `kind`, `spent_on` (a date or None) and `purpose` as they were typed. A key that
	was seen before gives the first claim again. The caller has checked that mentor and claim are the person's own.

	Raises ClaimRefused with the reasons by field; nothing is stored then, no file either.
	"""
	# Two taps arrive at the same moment: the second waits for the first here and then finds its claim.
	name, programme = frappe.db.get_value("Mentor", mentor, ["full_name", "programme"], for_update=True)
	if first := _with_key(mentor, client_key):
		return frappe.get_doc(EXPENSE, first)
	doc = frappe.get_doc(EXPENSE, again, for_update=True) if again else frappe.new_doc(EXPENSE)
	if again and doc.status != SENT_BACK:
		frappe.throw(_("This claim has been sent already."))
	if not again and _sent_within_the_hour(mentor) >= CLAIMS_PER_HOUR:
		frappe.throw(_("You have sent many claims within an hour. Please send the others later."))
	asked = expense_rules.Claim(
		amount=expense_rules.read_amount(values.get("amount")),
		currency=str(values.get("currency") or ""),
		kind=str(values.get("kind") or ""),
		spent_on=values.get("spent_on"),
		purpose=(values.get("purpose") or "").strip(),
		has_receipt=bool(receipt or doc.receipt),
	)
	paper = _check(asked, terms_of(programme), _spent_in_month(mentor, asked, again), receipt)
	doc.update(
		{
			"mentor": mentor,
			"mentor_name": name,
			"programme": programme,
			"amount": asked.amount,
			"currency": asked.currency,
			"kind": asked.kind,
			"spent_on": asked.spent_on,
			"purpose": asked.purpose,
			"status": SENT,
			"sent_on": now_datetime(),
			"client_key": client_key,
			"reminded_on": None,
		}
	)
	doc.flags.by_procedure = True
	# A volunteer has no DocPerm; that the claim is the volunteer's own was checked by the portal.
	doc.save(ignore_permissions=True)
	kept = _keep_receipt(doc, *paper) if paper else None
	tell_coordinator(programme, _("An expense claim waits for you"), EXPENSE, doc.name)
	if kept and again:
		# Last: the bytes are gone at once, and come back with no rollback.
		_throw_away_other_receipts(doc, kept)
	return doc


class ClaimRefused(frappe.ValidationError):
	"""`errors` is `{field: sentence}` for the person who claims."""

	def __init__(self, errors: dict[str, str]) -> None:
		super().__init__(" ".join(errors.values()))
		self.errors = errors


@frappe.whitelist(methods=["POST"])
def approve(expense: str) -> None:
	"""Approves a claim, which is paid with the next payment list.

	Raises PermissionError for whoever does not coordinate its programme, has claimed it, or may not decide on so much;
	ValidationError where it does not wait for a decision.
	"""
	_decide(expense, APPROVED, "")


@frappe.whitelist(methods=["POST"])
def send_back(expense: str, note: str) -> None:
	"""Sends a claim back with a word on what is missing, which the mentor reads. Raises as `approve` does."""
	_decide(expense, SENT_BACK, _note(note))


@frappe.whitelist(methods=["POST"])
def refuse(expense: str, note: str) -> None:
	"""Refuses a claim with a reason, which the mentor reads. Raises as `approve` does."""
	_decide(expense, REFUSED, _note(note))


def is_own(doc, user: str) -> bool:
	"""Whether the claim is the user's own, by the mentor's account or by the address that is known of the mentor."""
	account, address = frappe.db.get_value("Mentor", doc.mentor, ["user", "email"]) or (None, None)
	mine = {user.lower(), (frappe.db.get_value("User", user, "email") or "").lower()} - {""}
	return bool(mine & {(account or "").lower(), (address or "").lower()})


def remind(today: date) -> None:
	"""Tells of claims that have waited for a week, once each: coordinator and managers. Safe to run again."""
	waiting = frappe.get_all(
		EXPENSE,
		filters={
			"status": SENT,
			"reminded_on": ("is", "not set"),
			"sent_on": ("<", add_days(today, -REMIND_AFTER_DAYS)),
		},
		pluck="name",
		order_by="sent_on asc, name asc",
	)
	each(waiting, lambda name: _remind(name, today), "Mentoring: expense claim not reminded of")


def _remind(name: str, today: date) -> None:
	# The lock makes a second worker wait here and then find the work done.
	fields = ["status", "reminded_on", "programme"]
	row = frappe.db.get_value(EXPENSE, name, fields, as_dict=True, for_update=True)
	if row.status != SENT or row.reminded_on:
		return
	coordinator = frappe.db.get_value("Mentoring Programme", row.programme, "coordinator")
	is_open = frappe.db.get_value("User", coordinator, "enabled")
	users = dict.fromkeys([*([coordinator] if is_open else []), *managers()])
	tell(list(users), _("An expense claim has waited for a week"), EXPENSE, name)
	frappe.db.set_value(EXPENSE, name, "reminded_on", today, update_modified=False)


def _check(
	asked: expense_rules.Claim, terms: expense_rules.Terms, spent: Decimal, receipt: bytes | None
) -> tuple[bytes, str] | None:
	"""The receipt as it is kept. Everything is looked at before anything is stored."""
	errors: dict[str, str] = {}
	for problem in expense_rules.problems(asked, terms, spent, getdate()):
		errors.setdefault(problem.field, _sentence(problem, asked.currency))
	if asked.currency in terms.currencies and not frappe.db.exists("Currency", asked.currency):
		errors["currency"] = _("This currency is not known here. Please ask your coordinator.")
	if len(asked.purpose) > PURPOSE_LENGTH:
		errors["purpose"] = _("Please keep it shorter: {0} characters at the most.").format(PURPOSE_LENGTH)
	elif board_rules.names_an_alias(asked.purpose):
		# It goes to whoever pays. Only what looks like an alias: nobody learns here which ones there are.
		errors["purpose"] = _("Please leave out whom you met: what it was for is enough.")
	paper = None
	if receipt is not None:
		try:
			paper = receipts.clean(receipt)
		except receipts.NotAReceipt as error:
			errors["receipt"] = _receipt_sentence(error.code)
	if errors:
		raise ClaimRefused(errors)
	return paper


def _sentence(problem: expense_rules.Problem, currency: str) -> str:
	texts = {
		"amount_unreadable": _("Please write the amount as a number above zero, such as 12.50."),
		"amount_zero": _("Please write the amount as a number above zero, such as 12.50."),
		"amount_too_large": _(
			"An amount above {amount} is not claimed here. Please talk with your coordinator."
		),
		"limit_claim": _("One claim can be {amount} at the most. Please talk with your coordinator first."),
		"limit_month": _("In one month {amount} can be claimed; {left} are left for this one."),
		"currency": _("Please choose one of these currencies: {currencies}."),
		"kind": _("Please choose what kind of expense it is."),
		"purpose": _("Please say in a few words what it was for."),
		"day_missing": _("Please enter the day on which you paid."),
		"day_to_come": _("This day is still to come."),
		"day_too_old": _("Expenses are claimed within {days} days. Please talk with your coordinator."),
		"receipt": _("Please add a photo of the receipt."),
	}
	params = {
		key: fmt_money(value, 2, currency or None) if isinstance(value, Decimal) else value
		for key, value in problem.params.items()
	}
	return texts[problem.code].format(**params)


def _receipt_sentence(code: str) -> str:
	return {
		"empty": _("This file is empty. Please take the photo again."),
		"too_large": _("This file is too large. Please take a smaller photo."),
		"too_many_pages": _("This document has too many pages. Please send the receipt alone."),
		"unknown": _("This is not a photo or a PDF that can be opened. Please take a photo of the receipt."),
	}[code]


def _keep_receipt(doc, content: bytes, ending: str) -> str:
	"""Hangs the receipt on the claim, under a name that says nothing, and gives the File; with the claim it is rolled back."""
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"receipt-{secrets.token_hex(6)}.{ending}",
			"is_private": 1,
			"content": content,
			"attached_to_doctype": EXPENSE,
			"attached_to_name": doc.name,
			"attached_to_field": "receipt",
		}
	)
	# Of two files with the same bytes the framework keeps one; whoever brought the bytes learns nothing by that.
	file.flags.brought_bytes = True
	# The file goes where the claim went; the volunteer reads it through the portal only.
	file.insert(ignore_permissions=True)
	frappe.db.set_value(EXPENSE, doc.name, "receipt", file.file_url, update_modified=False)
	doc.receipt = file.file_url
	return file.name


def _throw_away_other_receipts(doc, kept: str) -> None:
	"""What was replaced by a new receipt is kept nowhere."""
	mine = {"attached_to_doctype": EXPENSE, "attached_to_name": doc.name, "name": ("!=", kept)}
	for name in frappe.get_all("File", mine, pluck="name"):
		# The volunteer has no right on files; the claim is the volunteer's own.
		frappe.delete_doc("File", name, ignore_permissions=True, delete_permanently=True)


def _spent_in_month(mentor: str, asked: expense_rules.Claim, again: str | None) -> Decimal:
	"""What the mentor has claimed in this currency for the month of the claim besides; refused claims left out.

	A locking read, as `_with_key`: two claims at the same moment must not both fit into what is left.
	"""
	if not asked.spent_on:
		return Decimal(0)
	table = frappe.qb.DocType(EXPENSE)
	query = (
		frappe.qb.from_(table)
		.select(table.amount)
		.where((table.mentor == mentor) & (table.currency == asked.currency) & (table.status != REFUSED))
		.where(table.spent_on >= get_first_day(asked.spent_on))
		.where(table.spent_on <= get_last_day(asked.spent_on))
	)
	if again:
		query = query.where(table.name != again)
	rows = (query if frappe.db.db_type == "sqlite" else query.for_update()).run(pluck=True)
	return sum(map(_money, rows), Decimal(0))


def _with_key(mentor: str, client_key: str) -> str | None:
	"""A locking read: in a transaction that has read before, a plain one would not see the other tap's claim."""
	table = frappe.qb.DocType(EXPENSE)
	query = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.client_key == client_key) & (table.mentor == mentor))
		.limit(1)
	)
	found = (query if frappe.db.db_type == "sqlite" else query.for_update()).run(pluck=True)
	return found[0] if found else None


def _sent_within_the_hour(mentor: str) -> int:
	since = add_to_date(now_datetime(), hours=-1)
	return frappe.db.count(EXPENSE, {"mentor": mentor, "creation": (">=", since)})


def _decide(expense: str, status: str, note: str) -> None:
	doc = to_handle(EXPENSE, expense)
	if doc.status != SENT:
		frappe.throw(_("This claim does not wait for a decision."))
	if is_own(doc, frappe.session.user):
		frappe.throw(
			_("Nobody decides on their own expenses. Ask another coordinator or a manager."),
			frappe.PermissionError,
		)
	if expense_rules.needs_manager(_money(doc.amount), terms_of(doc.programme)):
		if status == APPROVED and MANAGER not in frappe.get_roles():
			frappe.throw(_("A manager decides on an amount like this."), frappe.PermissionError)
	doc.update(
		{
			"status": status,
			"note_to_mentor": note,
			"decided_by": frappe.session.user,
			"decided_on": now_datetime(),
		}
	)
	doc.flags.by_procedure = True
	doc.save()
	tell_volunteer(doc.mentor, EXPENSES_PAGE)


def to_handle(doctype: str, name: str):
	"""A claim or a payment list, locked, that the user may handle; PermissionError in the same words otherwise."""
	if not frappe.has_permission(doctype, "write") or not frappe.db.exists(doctype, name):
		frappe.throw(_("This is not available to you."), frappe.PermissionError)
	doc = frappe.get_doc(doctype, name, for_update=True)
	doc.check_permission("write")
	return doc


def _note(note: str) -> str:
	note = (note or "").strip()
	if not note:
		frappe.throw(_("Please write a word to the mentor: what is missing, or why not."))
	if len(note) > NOTE_LENGTH:
		frappe.throw(_("Please keep it shorter: {0} characters at the most.").format(NOTE_LENGTH))
	return note


def _money(value: float | None) -> Decimal:
	return round(Decimal(str(value or 0)), 2)
