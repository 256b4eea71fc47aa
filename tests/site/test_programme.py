"""A programme's own rules."""

import factories
import frappe
import pytest


@pytest.mark.req("P1", "P3")
@pytest.mark.parametrize(
	("purpose", "months"), [("Prescriptive", 6), ("Developmental", 12), ("Combined", 12)]
)
def test_the_commitment_follows_from_the_purpose(purpose, months):
	assert factories.programme(purpose=purpose).minimum_commitment_months == months


@pytest.mark.req("P3")
def test_another_commitment_needs_a_reason():
	with pytest.raises(frappe.MandatoryError, match="usual commitment is 6 months"):
		factories.programme(purpose="Prescriptive", minimum_commitment_months=9)
	made = factories.programme(
		purpose="Prescriptive", minimum_commitment_months=9, commitment_reason="School year"
	)
	assert made.minimum_commitment_months == 9


@pytest.mark.req("P8")
def test_a_public_name_that_tells_is_refused():
	with pytest.raises(frappe.ValidationError, match="survivors"):
		factories.programme(public_name="Buddies for survivors")
	settings = frappe.get_single("Mentoring Settings")
	settings.telling_words = "luna"
	settings.save()
	with pytest.raises(frappe.ValidationError, match="Luna"):
		factories.programme(public_name="Friends of Casa Luna")


@pytest.mark.req("P9")
def test_the_coordinator_must_have_the_role():
	with pytest.raises(frappe.ValidationError, match="Mentoring Coordinator"):
		factories.programme(coordinator=factories.social_worker())


@pytest.mark.req("P1", "L2")
@pytest.mark.parametrize(
	"values",
	[
		{"end_date": "2001-01-01"},
		{"first_contact_days": 40},
		{"building_interval_weeks": 0},
	],
)
def test_impossible_figures_are_refused_and_nothing_is_written(values):
	before = frappe.db.count("Mentoring Programme")
	with pytest.raises(frappe.ValidationError):
		factories.programme(**values)
	assert frappe.db.count("Mentoring Programme") == before


@pytest.mark.req("R5")
def test_a_programme_starts_with_all_screening_steps_and_may_drop_one():
	made = factories.programme()
	assert [row.step for row in made.screening_steps] == [
		"Application",
		"Record check",
		"References",
		"Interview",
		"Training",
		"Agreement",
	]
	made.screening_steps = [row for row in made.screening_steps if row.step != "References"]
	made.save()
	candidate = factories.mentor(stage="Applied", programme=made)
	from libes_mentoring.mentor_recruitment import screening

	assert "References" not in {b.params.get("step") for b in screening.open_screening_of(candidate)}
