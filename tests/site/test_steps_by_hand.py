"""What a coordinator may write into the screening steps by hand, and what only its procedure writes."""

import factories
import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from libes_mentoring.mentor_recruitment import screening, screening_steps

pytestmark = pytest.mark.req("R5")


@pytest.fixture
def candidate():
	return factories.mentor(stage="Applied")


@pytest.fixture
def by_hand(candidate):
	"""Changes the candidate's step as its coordinator does on the form; gives the row as it is stored then."""
	coordinator = frappe.db.get_value("Mentoring Programme", candidate.programme, "coordinator")

	def change(step: str, **values):
		with factories.as_user(coordinator):
			doc = frappe.get_doc("Mentor", candidate.name)
			_row(doc, step).update(values)
			doc.save()
		return _row(factories.fresh(doc), step)

	change.coordinator = coordinator
	return change


def _row(doc, step: str):
	return next(row for row in doc.screening_steps if row.step == step)


@pytest.mark.parametrize("step", ["References", "Interview", "Agreement"])
@pytest.mark.parametrize("outcome", ["Passed", "Not passed"])
def test_what_has_a_procedure_is_not_decided_in_the_table(candidate, by_hand, step, outcome):
	with pytest.raises(frappe.ValidationError, match="not decided in this table"):
		by_hand(step, outcome=outcome, note="Said by phone.")
	assert _row(factories.fresh(candidate), step).outcome == "Open"


@pytest.mark.parametrize("step", ["References", "Interview", "Agreement"])
def test_a_decision_of_a_procedure_stays_with_who_took_it(candidate, by_hand, step):
	screening_steps.record_outcome(candidate.name, step, "Not passed", note="Decided there.")
	with pytest.raises(frappe.ValidationError, match="not decided in this table"):
		by_hand(step, outcome="Passed")
	row = by_hand(step, note="Another word", done_on=add_days(nowdate(), -9), valid_until="2099-01-01")
	assert (row.outcome, row.note, row.done_on) == ("Not passed", "Decided there.", getdate())
	assert (row.decided_by, row.valid_until) == (frappe.session.user, None)


def test_a_row_with_an_outcome_is_not_taken_away(candidate, by_hand):
	screening_steps.record_outcome(candidate.name, "Interview", "Not passed")
	with factories.as_user(by_hand.coordinator):
		doc = frappe.get_doc("Mentor", candidate.name)
		doc.screening_steps = [row for row in doc.screening_steps if row.step != "Interview"]
		with pytest.raises(frappe.ValidationError, match="not taken away: Interview"):
			doc.save()
	assert _row(factories.fresh(candidate), "Interview").outcome == "Not passed"


def test_the_application_is_read_and_passed_by_hand_in_ones_own_name(candidate, by_hand):
	row = by_hand("Application", outcome="Passed", decided_by="Administrator")
	assert (row.outcome, row.decided_by, row.done_on) == ("Passed", by_hand.coordinator, getdate())


def test_training_on_paper_says_where_and_when(candidate, by_hand):
	with pytest.raises(frappe.MandatoryError, match="where and when"):
		by_hand("Training", outcome="Passed")
	assert by_hand("Training", outcome="Passed", note="With our partner, in May.").decided_by == by_hand.coordinator


def test_what_was_not_passed_is_decided_anew_only_for_a_reason(candidate, by_hand):
	by_hand("Application", outcome="Not passed", note="Two hours a month.")
	with pytest.raises(frappe.MandatoryError, match="decided anew"):
		by_hand("Application", outcome="Passed")
	assert by_hand("Application", outcome="Passed", note="Has four hours now.").outcome == "Passed"


def test_nobody_is_entered_as_interviewed(candidate):
	programme = frappe.get_doc("Mentoring Programme", candidate.programme)
	with factories.as_user(programme.coordinator):
		values = factories.mentor_values(programme=programme.name, stage="Applied")
		values["screening_steps"] = [{"step": "Interview", "outcome": "Passed"}]
		with pytest.raises(frappe.ValidationError, match="not decided in this table"):
			frappe.get_doc(values).insert()
	assert "Interview" in {blocker.params.get("step") for blocker in screening.open_screening_of(candidate)}
