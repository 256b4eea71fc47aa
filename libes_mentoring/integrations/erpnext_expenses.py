"""Mentors' expenses as draft journal entries of ERPNext. Pure: it builds the documents and stores nothing.

Loaded only where ERPNext is installed. It follows ERPNext's Journal Entry as documented, and has not been run
against an installation of ERPNext yet: the entries are drafts, which the bookkeeper checks and submits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Accounts:
	"""Where the money is booked, by the names of ERPNext's own records."""

	company: str
	expense: str
	payable: str
	company_currency: str


def journal_entries(
	batch: str, claims: Iterable[Mapping[str, Any]], accounts: Accounts, posted_on: date
) -> list[dict[str, Any]]:
	"""One draft for each currency: a debit for each claim, and what is owed for all of them as credit.

	A claim has `name`, `amount` and `currency`; the drafts name claims by their numbers and nobody else.
	"""
	by_currency: dict[str, list[Mapping[str, Any]]] = {}
	for claim in claims:
		by_currency.setdefault(claim["currency"], []).append(claim)
	return [
		_entry(batch, rows, accounts, posted_on)
		for _currency, rows in sorted(by_currency.items())
	]


def _entry(
	batch: str, claims: list[Mapping[str, Any]], accounts: Accounts, posted_on: date
) -> dict[str, Any]:
	amounts = [Decimal(str(claim["amount"])) for claim in claims]
	debits = [
		{
			"account": accounts.expense,
			"account_currency": claim["currency"],
			"debit_in_account_currency": float(amount),
			"user_remark": claim["name"],
		}
		for claim, amount in zip(claims, amounts, strict=True)
	]
	currency = claims[0]["currency"]
	credit = {
		"account": accounts.payable,
		"account_currency": currency,
		"credit_in_account_currency": float(sum(amounts)),
	}
	return {
		"doctype": "Journal Entry",
		"voucher_type": "Journal Entry",
		"company": accounts.company,
		"posting_date": posted_on.isoformat(),
		"multi_currency": int(currency != accounts.company_currency),
		"cheque_no": batch,
		"cheque_date": posted_on.isoformat(),
		"user_remark": f"{batch} {currency}",
		"docstatus": 0,
		"accounts": [*debits, credit],
	}
