"""What may be asked back, what a receipt is, and what is handed to ERPNext."""

import io
from datetime import date
from decimal import Decimal

import pytest
from PIL import Image
from pypdf import PdfWriter

from libes_mentoring.integrations import erpnext_expenses
from libes_mentoring.mentor_support import expense_rules, receipts
from libes_mentoring.mentor_support.expense_rules import Claim, Terms
from libes_mentoring.mentor_support.wellbeing_rules import raises_flag

TODAY = date(2026, 3, 15)
TERMS = Terms(
	currencies=("EUR", "CHF"),
	kinds=("Travel", "Other"),
	limit_claim=Decimal(50),
	limit_month=Decimal(80),
	receipt_above=Decimal(10),
	latest_days=30,
	manager_above=Decimal(40),
)


def claim(**values) -> Claim:
	return Claim(
		**{
			"amount": Decimal("12.50"),
			"currency": "EUR",
			"kind": "Travel",
			"spent_on": TODAY,
			"purpose": "Bus",
			"has_receipt": True,
			**values,
		}
	)


@pytest.mark.req("R12")
@pytest.mark.parametrize(
	("typed", "amount"),
	[("12.50", "12.50"), ("12,5", "12.5"), (" 7 ", "7"), (3, "3"), (4.25, "4.25"), ("0", "0"), ("٣", "3")],
)
def test_amounts_as_people_type_them(typed, amount):
	assert expense_rules.read_amount(typed) == Decimal(amount)


@pytest.mark.req("R12")
@pytest.mark.parametrize(
	"typed",
	["-5", "12.505", "1e3", "nan", "inf", "", None, True, "1.234,56", "=1+1", "12.", [], {}, "1" * 20],
)
def test_what_is_no_amount(typed):
	assert expense_rules.read_amount(typed) is None


@pytest.mark.req("R12")
@pytest.mark.parametrize(
	("values", "spent", "code"),
	[
		({"amount": None}, 0, "amount_unreadable"),
		({"amount": Decimal(0)}, 0, "amount_zero"),
		({"amount": Decimal(10_001)}, 0, "amount_too_large"),
		({"amount": Decimal("50.01")}, 0, "limit_claim"),
		({"amount": Decimal(50)}, 31, "limit_month"),
		({"currency": "XXX"}, 0, "currency"),
		({"currency": ""}, 0, "currency"),
		({"kind": "Gold"}, 0, "kind"),
		({"purpose": ""}, 0, "purpose"),
		({"spent_on": None}, 0, "day_missing"),
		({"spent_on": date(2026, 3, 16)}, 0, "day_to_come"),
		({"spent_on": date(2026, 2, 12)}, 0, "day_too_old"),
		({"has_receipt": False}, 0, "receipt"),
	],
)
def test_each_reason_against_a_claim(values, spent, code):
	found = expense_rules.problems(claim(**values), TERMS, Decimal(spent), TODAY)
	assert [problem.code for problem in found] == [code]


@pytest.mark.req("R12")
@pytest.mark.parametrize(
	("values", "spent"),
	[
		({}, 0),
		({"amount": Decimal(50)}, 30),
		({"amount": Decimal(10), "has_receipt": False}, 0),
		({"spent_on": date(2026, 2, 13)}, 0),
		({"currency": "CHF"}, 0),
	],
)
def test_what_is_just_within_the_rules(values, spent):
	assert expense_rules.problems(claim(**values), TERMS, Decimal(spent), TODAY) == []


@pytest.mark.req("R12")
def test_without_limits_only_sense_counts():
	free = Terms(currencies=("EUR",), kinds=("Travel",))
	old = claim(amount=Decimal(9_999), spent_on=date(2020, 1, 1))
	assert expense_rules.problems(old, free, Decimal(10_000), TODAY) == []
	assert not expense_rules.needs_manager(Decimal(9_999), free)
	assert expense_rules.needs_manager(Decimal("40.01"), TERMS)
	assert not expense_rules.needs_manager(Decimal(40), TERMS)


def photo(kind: str = "JPEG", size=(3000, 1000), place: bool = True) -> bytes:
	picture, exif = Image.new("RGB", size, "orange"), Image.Exif()
	if place:
		exif[0x010F] = "SecretCamera"
		exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 51.0, 1.0)})
	exif[0x0112] = 6
	out = io.BytesIO()
	picture.save(out, kind, exif=exif)
	return out.getvalue()


@pytest.mark.req("R12", "P8")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_where_it_was_taken_and_stands_upright(kind):
	sent = photo(kind)
	assert b"SecretCamera" in sent
	kept, ending = receipts.clean(sent)
	with Image.open(io.BytesIO(kept)) as picture:
		assert (picture.format, ending) == ("JPEG", "jpg")
		assert not picture.getexif()
		assert picture.height == 2000 > picture.width
	assert b"SecretCamera" not in kept


@pytest.mark.req("R12", "P8")
def test_a_pdf_loses_what_came_along():
	writer = PdfWriter()
	writer.add_blank_page(200, 200)
	writer.add_metadata({"/Author": "SecretAuthor"})
	writer.add_js("app.alert('SecretScript')")
	writer.add_attachment("secret.txt", b"SecretFile")
	out = io.BytesIO()
	writer.write(out)
	kept, ending = receipts.clean(out.getvalue())
	assert (ending, kept[:5]) == ("pdf", b"%PDF-")
	assert not [
		word for word in (b"SecretAuthor", b"SecretScript", b"SecretFile", b"/JavaScript") if word in kept
	]


@pytest.mark.req("R12")
@pytest.mark.parametrize(
	("content", "code"),
	[
		(b"", "empty"),
		(b"MZ\x90\x00 a program named receipt.jpg", "unknown"),
		(b"<svg onload=alert(1)>", "unknown"),
		(b"\xff\xd8\xff\xe0 broken", "unknown"),
		(b"%PDF-1.7 broken", "unknown"),
		(b"GIF89a", "unknown"),
		(b"x" * (receipts.LARGEST_RECEIPT + 1), "too_large"),
	],
)
def test_what_is_no_receipt(content, code):
	with pytest.raises(receipts.NotAReceipt) as refused:
		receipts.clean(content)
	assert refused.value.code == code


@pytest.mark.req("R12")
def test_a_picture_that_would_fill_the_memory_is_not_opened(monkeypatch):
	monkeypatch.setattr(receipts, "LARGEST_PICTURE", 100)
	with pytest.raises(receipts.NotAReceipt, match="too_large"):
		receipts.clean(photo(size=(20, 20)))


@pytest.mark.req("R12")
def test_too_many_pages_are_no_receipt():
	writer = PdfWriter()
	for _page in range(receipts.MOST_PAGES + 1):
		writer.add_blank_page(50, 50)
	out = io.BytesIO()
	writer.write(out)
	with pytest.raises(receipts.NotAReceipt, match="too_many_pages"):
		receipts.clean(out.getvalue())


@pytest.mark.req("R12")
def test_the_draft_for_erpnext_balances_and_names_nobody():
	claims = [
		{"name": "MEX-00001", "amount": 12.5, "currency": "EUR", "mentor_name": "Ada Acker"},
		{"name": "MEX-00002", "amount": 0.1, "currency": "EUR", "mentor_name": "Bela Brandt"},
		{"name": "MEX-00003", "amount": 7, "currency": "CHF", "mentor_name": "Ada Acker"},
	]
	accounts = erpnext_expenses.Accounts("House", "Volunteers - H", "Owed - H", "EUR")
	francs, euros = erpnext_expenses.journal_entries("MPB-00001", claims, accounts, TODAY)
	for entry, total in ((francs, 7.0), (euros, 12.6)):
		debits = [row["debit_in_account_currency"] for row in entry["accounts"][:-1]]
		assert sum(map(Decimal, map(str, debits))) == Decimal(str(total))
		assert entry["accounts"][-1]["credit_in_account_currency"] == total
		assert (entry["docstatus"], entry["doctype"], entry["company"]) == (0, "Journal Entry", "House")
		assert "Ada" not in str(entry)
	assert (euros["multi_currency"], francs["multi_currency"]) == (0, 1), "other than the company's own"
	assert [row.get("user_remark") for row in euros["accounts"]] == ["MEX-00001", "MEX-00002", None]


@pytest.mark.req("R14")
@pytest.mark.parametrize(
	("answers", "flag"),
	[
		([], False),
		(["Not noticed"] * 8, False),
		(["Sometimes"], False),
		(["Sometimes", "Sometimes"], True),
		(["Often"], True),
		(["Often", "Not noticed"], True),
	],
)
def test_when_signs_are_worth_a_talk(answers, flag):
	assert raises_flag(answers, {"often": 1, "sometimes": 2}) is flag
