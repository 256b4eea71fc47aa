"""What a mentor may ask back: amounts, days and limits. Pure.

Source: handbook, "Internal policies" (the organisation reimburses certain expenses).
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

LARGEST_AMOUNT = Decimal(10_000)
PLAIN_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")


@dataclass(frozen=True)
class Terms:
	"""A programme's rules. Amounts count for each currency by itself; None is no limit."""

	currencies: tuple[str, ...]
	kinds: tuple[str, ...]
	limit_claim: Decimal | None = None
	limit_month: Decimal | None = None
	# The largest amount for which no receipt is asked.
	receipt_above: Decimal = Decimal(0)
	latest_days: int | None = None
	manager_above: Decimal | None = None


@dataclass(frozen=True)
class Claim:
	"""A claim as it was sent; `amount` and `spent_on` are None where they could not be read."""

	amount: Decimal | None
	currency: str
	kind: str
	spent_on: date | None
	purpose: str
	has_receipt: bool


@dataclass(frozen=True)
class Problem:
	"""One reason for which a claim cannot be taken, at the field that it is about."""

	code: str
	field: str
	params: dict = field(default_factory=dict)


def read_amount(value: object) -> Decimal | None:
	"""An amount as people type it, `12.50` or `12,50`; None for everything else, negative and over-exact ones too."""
	text = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
	return Decimal(text.replace(",", ".")) if PLAIN_NUMBER.fullmatch(text) else None


def problems(claim: Claim, terms: Terms, spent_in_month: Decimal, today: date) -> list[Problem]:
	"""Everything that stands against a claim; empty where nothing does.

	`spent_in_month` is what the mentor has claimed in this currency for the month of `spent_on` besides.
	"""
	found = _amount(claim, terms, spent_in_month)
	if claim.currency not in terms.currencies:
		found.append(Problem("currency", "currency", {"currencies": ", ".join(terms.currencies)}))
	if claim.kind not in terms.kinds:
		found.append(Problem("kind", "kind"))
	if not claim.purpose:
		found.append(Problem("purpose", "purpose"))
	found += _day(claim.spent_on, terms, today)
	if not claim.has_receipt and (claim.amount or Decimal(0)) > terms.receipt_above:
		found.append(Problem("receipt", "receipt", {"amount": terms.receipt_above}))
	return found


def needs_manager(amount: Decimal, terms: Terms) -> bool:
	"""Whether the amount is for a manager to decide."""
	return terms.manager_above is not None and amount > terms.manager_above


def _amount(claim: Claim, terms: Terms, spent_in_month: Decimal) -> list[Problem]:
	amount = claim.amount
	if amount is None:
		return [Problem("amount_unreadable", "amount")]
	if amount <= 0:
		return [Problem("amount_zero", "amount")]
	if amount > LARGEST_AMOUNT:
		return [Problem("amount_too_large", "amount", {"amount": LARGEST_AMOUNT})]
	if terms.limit_claim is not None and amount > terms.limit_claim:
		return [Problem("limit_claim", "amount", {"amount": terms.limit_claim})]
	if terms.limit_month is not None and amount + spent_in_month > terms.limit_month:
		left = max(terms.limit_month - spent_in_month, Decimal(0))
		return [Problem("limit_month", "amount", {"amount": terms.limit_month, "left": left})]
	return []


def _day(spent_on: date | None, terms: Terms, today: date) -> list[Problem]:
	if spent_on is None:
		return [Problem("day_missing", "spent_on")]
	if spent_on > today:
		return [Problem("day_to_come", "spent_on")]
	if terms.latest_days is not None and spent_on < today - timedelta(days=terms.latest_days):
		return [Problem("day_too_old", "spent_on", {"days": terms.latest_days})]
	return []
