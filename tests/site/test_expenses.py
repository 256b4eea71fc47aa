"""Expenses: from the phone to the payment list."""

import base64
import csv
import io
import os
import re

import factories
import frappe
import openpyxl
import pytest
from frappe.utils import add_days, getdate, nowdate
from PIL import Image

from libes_mentoring.access.roles import VOLUNTEER
from libes_mentoring.mentor_support import expense_payments, expenses
from libes_mentoring.portal import expenses as portal

pytestmark = pytest.mark.req("R12")


def picture(colour: str = "orange") -> str:
	exif = Image.Exif()
	exif[0x010F] = "SecretCamera"
	out = io.BytesIO()
	Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif)
	return base64.b64encode(out.getvalue()).decode()


@pytest.fixture
def house():
	mentor = factories.mentor(full_name="=Ada Acker")
	programme = mentor.programme
	frappe.db.set_value(
		"Mentoring Programme", programme, {"expense_currency": "EUR", "expense_limit_claim": 100}
	)
	for currency in ("EUR", "CHF"):
		assert frappe.db.exists("Currency", currency)
	return frappe._dict(
		mentor=mentor.name,
		programme=programme,
		volunteer=factories.volunteer(mentor).name,
		coordinator=frappe.db.get_value("Mentoring Programme", programme, "coordinator"),
		manager=factories.manager().name,
	)


def send(user: str, **values) -> dict:
	sent = {
		"amount": "12,50",
		"currency": "EUR",
		"kind": "Travel",
		"spent_on": nowdate(),
		"purpose": "Bus to a meeting",
		"receipt": picture(),
		"key": frappe.generate_hash(length=16),
		**values,
	}
	frappe.local.response.pop("field_errors", None)
	with factories.as_user(user):
		return portal.claim(**sent)


def refused(user: str, **values) -> dict:
	with pytest.raises(frappe.ValidationError):
		send(user, **values)
	return frappe.local.response.get("field_errors") or {}


def files() -> int:
	return frappe.db.count("File", {"attached_to_doctype": expenses.EXPENSE})


def decide(user: str, act, claim: dict, **values) -> None:
	with factories.as_user(user):
		act(claim["claim"], **values)


def test_a_receipt_that_is_replaced_is_kept_nowhere(house):
	first = send(house.volunteer)
	url = frappe.db.get_value(expenses.EXPENSE, first["claim"], "receipt")
	(old,) = frappe.get_all("File", {"file_url": url}, pluck="name")
	path = frappe.get_doc("File", old).get_full_path()
	assert os.path.exists(path)
	decide(house.coordinator, expenses.send_back, first, note="It cannot be read.")
	again = send(house.volunteer, receipt=picture(colour="blue"), again=first["claim"])
	assert again["has_receipt"] and files() == 1
	assert not frappe.db.exists("File", old) and not os.path.exists(path)
	with factories.as_user(house.volunteer):
		portal.receipt(first["claim"])


def test_from_the_phone_to_paid(house):
	claim = send(house.volunteer)
	assert (claim["amount"], claim["currency"]) == ("12.50", "EUR")
	assert claim["state"].startswith("Sent")
	assert frappe.get_all("Notification Log", {"for_user": house.coordinator}, pluck="subject") == [
		"An expense claim waits for you"
	]
	decide(house.coordinator, expenses.send_back, claim, note="Please tell which line.")
	with factories.as_user(house.volunteer):
		(shown,) = portal.my_claims()
	assert shown["may_send_again"] and shown["note"] == "Please tell which line."
	again = send(house.volunteer, purpose="Bus 7", receipt="", again=claim["claim"])
	assert again["claim"] == claim["claim"] and again["has_receipt"], "the first receipt is kept"
	decide(house.coordinator, expenses.approve, claim)
	with factories.as_user(house.coordinator):
		batch = expense_payments.make(house.programme)["batch"]
		expense_payments.mark_paid(batch, nowdate(), "SEPA 1")
		with pytest.raises(frappe.ValidationError):
			expense_payments.mark_paid(batch, nowdate())
	with factories.as_user(house.volunteer):
		(shown,) = portal.my_claims()
	assert (shown["state"], shown["paid_on"]) == ("Paid", getdate())
	assert house.coordinator not in str(shown)


@pytest.mark.parametrize(
	("values", "field"),
	[
		({"amount": "-5"}, "amount"),
		({"amount": "0"}, "amount"),
		({"amount": "12.505"}, "amount"),
		({"amount": "100.01"}, "amount"),
		({"currency": "XXX"}, "currency"),
		({"currency": "CHF"}, "currency"),
		({"kind": "Gold"}, "kind"),
		({"purpose": "  "}, "purpose"),
		({"purpose": "Coffee with Heron-4821"}, "purpose"),
		({"purpose": "x" * 501}, "purpose"),
		({"spent_on": "tomorrow"}, "spent_on"),
		({"spent_on": "2999-01-01"}, "spent_on"),
		({"spent_on": "2001-01-01"}, "spent_on"),
		({"receipt": ""}, "receipt"),
		({"receipt": base64.b64encode(b"MZ\x90\x00 program, named receipt.jpg").decode()}, "receipt"),
		({"receipt": "not base64!"}, "receipt"),
		({"receipt": base64.b64encode(b"%PDF-1.4 broken").decode()}, "receipt"),
	],
)
def test_bad_input_is_answered_by_field_and_nothing_is_half_written(house, values, field):
	before = files()
	assert set(refused(house.volunteer, **values)) == {field}
	assert not frappe.db.count(expenses.EXPENSE, {"mentor": house.mentor})
	assert files() == before
	assert not frappe.db.count("File", {"owner": house.volunteer})


def test_everything_that_is_wrong_is_said_at_once(house):
	errors = refused(house.volunteer, amount="-5", currency="XXX", receipt=base64.b64encode(b"MZ").decode())
	assert set(errors) == {"amount", "currency", "receipt"}
	assert "EUR" in errors["currency"] and "photo" in errors["receipt"]


def test_the_receipt_is_kept_privately_without_where_it_was_taken(house, login):
	claim = send(house.volunteer)
	frappe.db.commit()
	file = frappe.get_doc(
		"File", {"attached_to_doctype": expenses.EXPENSE, "attached_to_name": claim["claim"]}
	)
	assert file.is_private and "Secret" not in file.file_name
	assert b"SecretCamera" not in file.get_content()
	mine = {"claim": claim["claim"]}
	call = "/api/method/libes_mentoring.portal.expenses.receipt"
	own = login(house.volunteer)
	assert own.get(call, params=mine).content == file.get_content()
	assert own.get(file.file_url).status_code == 403, "through the portal only"
	other = login(factories.volunteer(factories.mentor()).name)
	strange, missing = other.get(call, params=mine), other.get(call, params={"claim": "MEX-99999"})
	assert (strange.status_code, missing.status_code) == (403, 403)
	for stranger in (factories.coordinator().name, factories.social_worker().name):
		assert login(stranger).get(file.file_url).status_code == 403
	assert login().get(file.file_url).status_code == 403
	assert login(house.coordinator).get(file.file_url).content == file.get_content()


def test_two_mentors_may_send_the_same_picture(house):
	first = send(house.volunteer)
	other = factories.volunteer(factories.mentor(programme=house.programme)).name
	second = send(other)
	with factories.as_user(house.volunteer):
		portal.receipt(first["claim"])
	with factories.as_user(other):
		portal.receipt(second["claim"])
		with pytest.raises(frappe.PermissionError):
			portal.receipt(first["claim"])


@pytest.mark.parametrize("same", [True, False])
def test_the_same_form_sent_twice_is_one_claim(house, same):
	key = frappe.generate_hash(length=16)
	first = send(house.volunteer, key=key)
	second = send(house.volunteer, key=key if same else key[::-1] + "x")
	assert (first["claim"] == second["claim"]) is same
	with factories.as_user(house.volunteer):
		assert len(portal.my_claims()) == (1 if same else 2)


def test_a_month_has_its_limit_and_refused_claims_do_not_count(house):
	frappe.db.set_value("Mentoring Programme", house.programme, "expense_limit_month", 30)
	refusable = send(house.volunteer, amount="25")
	assert re.search(r"5[.,]00 are left", refused(house.volunteer, amount="12")["amount"])
	decide(house.coordinator, expenses.refuse, refusable, note="Not for this.")
	send(house.volunteer, amount="30")
	assert set(refused(house.volunteer, amount="0.01")) == {"amount"}


def test_other_currencies_of_the_programme_are_taken(house):
	programme = frappe.get_doc("Mentoring Programme", house.programme)
	programme.append("expense_other_currencies", {"currency": "CHF"})
	programme.save()
	assert send(house.volunteer, currency="CHF")["currency"] == "CHF"
	with factories.as_user(house.volunteer):
		assert portal.offer()["currencies"] == ["EUR", "CHF"]


def test_nobody_decides_on_their_own_expenses(house):
	claim = send(house.volunteer)
	frappe.db.set_value("Mentor", house.mentor, "email", house.coordinator)
	for act, values in ((expenses.approve, {}), (expenses.refuse, {"note": "x"})):
		with factories.as_user(house.coordinator), pytest.raises(frappe.PermissionError):
			act(claim["claim"], **values)
	decide(house.manager, expenses.approve, claim)
	with factories.as_user(house.coordinator), pytest.raises(frappe.ValidationError):
		expense_payments.make(house.programme)


def test_a_manager_decides_above_the_programmes_amount(house):
	frappe.db.set_value("Mentoring Programme", house.programme, "expense_manager_above", 50)
	small, large = send(house.volunteer, amount="50"), send(house.volunteer, amount="50.01")
	decide(house.coordinator, expenses.approve, small)
	with factories.as_user(house.coordinator), pytest.raises(frappe.PermissionError):
		expenses.approve(large["claim"])
	decide(house.manager, expenses.approve, large)


def test_who_may_decide_and_when(house):
	claim = send(house.volunteer)
	strangers = (factories.coordinator().name, factories.social_worker().name, house.volunteer)
	for stranger in strangers:
		with factories.as_user(stranger), pytest.raises(frappe.PermissionError):
			expenses.approve(claim["claim"])
	for act in (expenses.send_back, expenses.refuse):
		with factories.as_user(house.coordinator), pytest.raises(frappe.ValidationError):
			act(claim["claim"], "  ")
	decide(house.coordinator, expenses.approve, claim)
	for act in (expenses.approve, lambda name: expenses.refuse(name, "x")):
		with factories.as_user(house.coordinator), pytest.raises(frappe.ValidationError):
			act(claim["claim"])
	with pytest.raises(frappe.ValidationError):
		send(house.volunteer, again=claim["claim"])


def test_a_claim_of_somebody_else_is_not_there(house):
	claim = send(house.volunteer)
	decide(house.coordinator, expenses.send_back, claim, note="x")
	other = factories.volunteer(factories.mentor()).name
	for name in (claim["claim"], "MEX-99999"):
		with pytest.raises(frappe.PermissionError):
			send(other, again=name)
	with factories.as_user(other):
		assert portal.my_claims() == []
	with factories.as_user(house.coordinator), pytest.raises(frappe.PermissionError):
		portal.my_claims()


def test_amounts_are_not_changed_by_hand(house):
	claim = send(house.volunteer)
	with factories.as_user(house.coordinator):
		doc = frappe.get_doc(expenses.EXPENSE, claim["claim"])
		doc.update({"amount": 99, "status": "Paid", "purpose": "x"})
		doc.save()
	stored = frappe.get_doc(expenses.EXPENSE, claim["claim"])
	assert (stored.amount, stored.status, stored.purpose) == (12.5, "Sent", "Bus to a meeting")


def test_a_payment_list_pays_nothing_twice_and_can_be_downloaded_again(house):
	for amount in ("10", "20.10"):
		decide(house.coordinator, expenses.approve, send(house.volunteer, amount=amount))
	waiting = send(house.volunteer)
	with factories.as_user(house.coordinator):
		made = expense_payments.make(house.programme)
		assert made["claims"] == 2
		with pytest.raises(frappe.ValidationError, match="Nothing is to be paid"):
			expense_payments.make(house.programme)
		batch = frappe.get_doc("Mentor Expense Batch", made["batch"])
		assert (batch.totals, batch.number_of_claims) == ("30.10 EUR", 2)
		downloads = [download(made["batch"], kind) for kind in ("xlsx", "csv", "xlsx", "csv")]
	sheet = openpyxl.load_workbook(io.BytesIO(downloads[0])).active
	rows = list(sheet.iter_rows(values_only=True))
	assert [row[6] for row in rows[1:]] == [10, 20.1]
	assert rows[1][3] == "=Ada Acker"
	assert [(cell.data_type, cell.quotePrefix) for cell in (sheet["D2"], sheet["D3"])] == [("s", True)] * 2
	lines = list(csv.reader(io.StringIO(downloads[1].decode("utf-8-sig"))))
	assert [line[6] for line in lines[1:]] == ["10.00", "20.10"]
	assert lines[1][3] == "'=Ada Acker"
	assert lines == list(csv.reader(io.StringIO(downloads[3].decode("utf-8-sig"))))
	assert "Bus" not in downloads[1].decode(), "what it was for stays with the coordinator"
	assert frappe.db.get_value(expenses.EXPENSE, waiting["claim"], "payment_batch") is None


def download(batch: str, kind: str) -> bytes:
	expense_payments.download(batch, kind)
	assert frappe.response["filename"] == f"payments-{batch}.{kind}"
	return frappe.response.pop("filecontent")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_no_cell_of_the_plain_list_is_a_formula(text):
	((cell,),) = csv.reader(io.StringIO(expense_payments.as_csv([[text]]).decode("utf-8-sig"), newline=""))
	assert cell == f"'{text}"


def test_payment_lists_are_for_who_handles_the_programme(house):
	decide(house.coordinator, expenses.approve, send(house.volunteer))
	batch = factories.expense_batch(frappe.get_doc(expenses.EXPENSE, {"mentor": house.mentor}))
	for stranger in (factories.coordinator().name, factories.social_worker().name, house.volunteer):
		with factories.as_user(stranger):
			for act in (
				lambda: expense_payments.make(house.programme),
				lambda: expense_payments.download(batch.name),
				lambda: expense_payments.mark_paid(batch.name, nowdate()),
				lambda: expense_payments.download("MPB-99999"),
			):
				with pytest.raises(frappe.PermissionError):
					act()
	with factories.as_user(house.coordinator):
		with pytest.raises(frappe.ValidationError):
			expense_payments.mark_paid(batch.name, add_days(nowdate(), 1))
		for no_day in ("", "soon"):
			with pytest.raises(frappe.ValidationError, match="enter the date"):
				expense_payments.mark_paid(batch.name, no_day)
		with pytest.raises(frappe.ValidationError):
			expense_payments.download(batch.name, "exe")


@pytest.mark.req("S1")
def test_without_erpnext_nothing_is_offered(house):
	decide(house.coordinator, expenses.approve, send(house.volunteer))
	batch = factories.expense_batch(frappe.get_doc(expenses.EXPENSE, {"mentor": house.mentor}))
	assert "erpnext" not in frappe.get_installed_apps()
	with factories.as_user(house.coordinator):
		batch.run_method("onload")
		assert batch.get_onload("erpnext") is False
		with pytest.raises(frappe.ValidationError, match="ERPNext is not installed"):
			expense_payments.draft_in_erpnext(batch.name, "x", "x", "x")


@pytest.mark.commits
@pytest.mark.req("S1")
def test_the_drafts_in_erpnext_are_made_once_and_on_accounts_that_need_no_party(house, monkeypatch):
	"""ERPNext itself is not here: records with its names and fields stand in for it."""
	monkeypatch.setattr(expense_payments, "erpnext_is_installed", lambda: True)
	stand_in_for_erpnext()
	decide(house.coordinator, expenses.approve, send(house.volunteer))
	batch = factories.expense_batch(frappe.get_doc(expenses.EXPENSE, {"mentor": house.mentor}))

	def draft(payable: str) -> list[str]:
		with factories.as_user(house.coordinator):
			return expense_payments.draft_in_erpnext(batch.name, "House", "Volunteers", payable)

	for account, words in (("Creditors", "asks for a party"), ("Francs", "kept in CHF"), ("Nowhere", "known in ERPNext")):
		with pytest.raises(frappe.ValidationError, match=words):
			draft(account)
	assert frappe.db.count("Journal Entry") == 0
	(first,) = draft("Owed")
	assert frappe.get_doc("Mentor Expense Batch", batch.name).draft_entry == first
	with pytest.raises(frappe.ValidationError, match=first):
		draft("Owed")
	assert frappe.db.count("Journal Entry") == 1
	frappe.delete_doc("Journal Entry", first, force=True)
	assert len(draft("Owed")) == 1, "what the bookkeeper has thrown away is drafted again"


def stand_in_for_erpnext() -> None:
	everybody = [{"role": "All", "read": 1, "write": 1, "create": 1, "delete": 1}]
	texts = {
		"Company": ["default_currency"],
		"Account": ["account_type", "account_currency"],
		"Journal Entry Account": ["account", "account_currency", "user_remark"],
		"Journal Entry": ["voucher_type", "company", "posting_date", "cheque_no", "cheque_date", "user_remark"],
	}
	for name, fields in texts.items():
		is_table = name == "Journal Entry Account"
		rows = [{"fieldname": field, "fieldtype": "Data", "label": field} for field in fields]
		if name == "Journal Entry":
			rows.append({"fieldname": "accounts", "fieldtype": "Table", "label": "Accounts", "options": "Journal Entry Account"})
		frappe.get_doc(
			{
				"doctype": "DocType",
				"name": name,
				"module": "Custom",
				"custom": 1,
				"istable": is_table,
				"fields": rows,
				"permissions": [] if is_table else everybody,
			}
		).insert(ignore_permissions=True)
	frappe.get_doc({"doctype": "Company", "default_currency": "EUR"}).insert(set_name="House")
	accounts = {"Volunteers": ("", "EUR"), "Owed": ("", ""), "Creditors": ("Payable", "EUR"), "Francs": ("", "CHF")}
	for name, (kind, currency) in accounts.items():
		frappe.get_doc({"doctype": "Account", "account_type": kind, "account_currency": currency}).insert(set_name=name)


def test_a_claim_that_waits_is_reminded_of_once(house, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	claim = send(house.volunteer)
	expenses.remind(getdate())
	frappe.db.set_value(expenses.EXPENSE, claim["claim"], "sent_on", add_days(nowdate(), -8))
	for _again in range(2):
		expenses.remind(getdate())
		for user in (house.coordinator, house.manager):
			subjects = frappe.get_all("Notification Log", {"for_user": user}, pluck="subject")
			assert subjects.count("An expense claim has waited for a week") == 1


def test_too_many_claims_within_an_hour_are_refused(house, monkeypatch):
	monkeypatch.setattr(expenses, "CLAIMS_PER_HOUR", 2)
	for _number in range(2):
		send(house.volunteer)
	assert refused(house.volunteer) == {}
	assert frappe.db.count(expenses.EXPENSE, {"mentor": house.mentor}) == 2


def test_without_any_currency_nothing_is_claimed(house):
	frappe.db.set_value("Mentoring Programme", house.programme, "expense_currency", None)
	frappe.db.set_default("currency", "")
	frappe.clear_cache()
	with factories.as_user(house.volunteer):
		assert VOLUNTEER in frappe.get_roles() and portal.offer()["currencies"] == []
	assert "currency" in refused(house.volunteer)
