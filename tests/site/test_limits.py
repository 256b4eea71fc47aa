"""How often a guest may ask: each function by itself, and applications on the whole site."""

import factories
import frappe
import pytest

from libes_mentoring.portal import application, references, status

pytestmark = pytest.mark.req("R3", "R5")


@pytest.fixture(autouse=True)
def address(monkeypatch):
	def come_from(one: str) -> None:
		monkeypatch.setattr(frappe.local, "request_ip", one, raising=False)

	come_from("127.0.0.1")
	factories.forget_rates()
	yield come_from
	factories.forget_rates()


def test_two_pages_do_not_use_up_each_others_looks(address):
	# On a page and in the newer API the request has no command to tell them apart by.
	assert not frappe.form_dict.cmd
	for _look in range(status.LOOKS_PER_HOUR):
		assert status.by_key("unknown") is None
	with pytest.raises(frappe.TooManyRequestsError, match="from your connection"):
		status.by_key("unknown")
	for _look in range(references.LOOKS_PER_HOUR):
		assert references.by_key("unknown") is None
	with pytest.raises(frappe.TooManyRequestsError):
		references.by_key("unknown")
	address("127.0.0.2")
	assert status.by_key("unknown") is None


def test_the_site_takes_so_many_applications_an_hour_from_whatever_address(address, monkeypatch):
	monkeypatch.setattr(application, "OF_THE_SITE_PER_HOUR", 2)
	programme = factories.programme()

	def apply(number: int, **answers) -> None:
		address(f"198.51.100.{number}")
		with factories.as_user("Guest"):
			application.apply(**factories.application(programme, **answers))

	apply(1)
	for number in range(2, 5):
		# What is not stored does not count: nobody shuts the door for others with empty forms.
		with pytest.raises(frappe.ValidationError):
			apply(number, full_name="")
	apply(5)
	before = frappe.db.count("Mentor")
	with pytest.raises(frappe.TooManyRequestsError, match="Very much arrives"):
		apply(6)
	assert frappe.db.count("Mentor") == before
