"""What somebody said after a session about one of those who came binds everywhere, like a refusal in their record."""

import json

import factories
import frappe
import pytest
from elsewhere import elsewhere
from match_run_helpers import pairs_of, start

from libes_mentoring.mentor_matching import (
	making,
	profiles,
	runs,
	sessions,
	settling,
	shortlists,
	suggestions,
)
from libes_mentoring.portal import matches as portal_matches

pytestmark = [pytest.mark.req("M3", "E5"), pytest.mark.usefixtures("nothing_is_committed")]

SPEAKERS = ("mentor", "mentee")


@pytest.fixture
def house():
	"""Ada and Bela, two mentors, and one who waits; all three came to a session."""
	programme = factories.programme()
	mentors = [factories.mentor(programme=programme) for _number in range(2)]
	mentee = factories.mentee(programme=programme)
	return frappe._dict(
		programme=programme,
		coordinator=programme.coordinator,
		ada=mentors[0],
		bela=mentors[1],
		mentee=mentee,
		session=factories.matching_session(programme, mentors, [mentee], held=True),
	)


def say(house, speaker: str, *rather_not: str) -> None:
	"""Ada or the mentee says about the other that they would rather not; said without a name it is taken back."""
	if speaker == "mentor":
		factories.preference(house.session, house.ada, rather_not=[house.mentee] if rather_not else [])
	else:
		factories.preference(house.session, house.mentee, house.bela, rather_not=[house.ada] if rather_not else [])


def suggested(house) -> list[str]:
	return [row["mentor"] for row in suggestions.suggest_mentors(house.mentee.name)["suggestions"]]


@pytest.mark.parametrize("speaker", SPEAKERS)
def test_it_is_not_suggested_from_either_side_and_no_match_is_made(house, speaker):
	assert set(suggested(house)) == {house.ada.name, house.bela.name}
	say(house, speaker, "the other")
	with factories.as_user(house.coordinator):
		assert suggested(house) == [house.bela.name]
		assert suggestions.suggest_mentees(house.ada.name)["suggestions"] == []
		with pytest.raises(frappe.ValidationError, match=rf"The {speaker} refuses this"):
			suggestions.accept(house.mentee.name, house.ada.name)
	assert not frappe.db.exists("Match", {"mentee": house.mentee.name})


@pytest.mark.parametrize("speaker", SPEAKERS)
def test_it_is_on_no_card(house, speaker):
	third = factories.mentor(programme=house.programme)
	say(house, speaker, "the other")
	with factories.as_user(house.coordinator):
		doc = frappe.get_doc("Mentor Shortlist", shortlists.make(house.mentee.name))
		assert {row.mentor for row in doc.cards} == {house.bela.name, third.name}
		doc.append("cards", {"mentor": house.ada.name})
		with pytest.raises(frappe.ValidationError, match="cannot stand on a card"):
			doc.save()


@pytest.mark.req("M5")
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_it_is_in_no_plan_and_nobody_is_asked_to_talk_about_it(house, speaker):
	"""Ada is the only mentor left, so that the refusal alone stands in the way."""
	bela = factories.fresh(house.bela)
	bela.stage = "Paused"
	bela.save()
	with factories.as_user(house.coordinator):
		before = start(house)
		assert pairs_of(before) == [(house.ada.name, house.mentee.name)]
		say(house, speaker, "the other")
		assert runs.look(before["run"])["changed"], "a run on what was before says so"
		after = start(house)
	assert pairs_of(after) == []
	[row] = after["unplaced"]
	assert row["sentence"] == (
		"No mentor is possible at present, and no single thing that could be talked about would change that."
	)


@pytest.mark.parametrize("speaker", SPEAKERS)
def test_they_are_kept_apart_at_the_next_session(house, speaker):
	say(house, speaker, "the other")
	again = factories.matching_session(house.programme, [house.ada, house.bela], [house.mentee])
	with factories.as_user(house.coordinator):
		[row] = sessions.who_is_apart(again.name)
		assert (row["mentor"], row["mentee"]) == (house.ada.name, house.mentee.name)
		with pytest.raises(frappe.ValidationError, match="must not be in one room"):
			sessions.invite(again.name)


@pytest.mark.parametrize("speaker", SPEAKERS)
def test_it_holds_until_it_is_entered_anew(house, speaker):
	say(house, speaker, "the other")
	assert suggested(house) == [house.bela.name]
	say(house, speaker)
	assert set(suggested(house)) == {house.ada.name, house.bela.name}
	assert suggestions.accept(house.mentee.name, house.ada.name)


def test_beside_the_same_refusal_in_the_record_it_stands_once(house):
	refusal = {"about": "Person", "strength": "Refused", "mentor": house.ada.name}
	doc = factories.fresh(house.mentee)
	doc.append("wishes", refusal)
	doc.save()
	say(house, "mentee", "the other")
	[person] = profiles.mentee_profiles([house.mentee.name])
	assert [(wish.about, wish.value) for wish in person.wishes] == [("Person", house.ada.name)]


@pytest.mark.req("P8")
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_the_other_side_reads_nothing_of_it(house, speaker):
	"""A mentor with a match of their own: their page is the same, word by word."""
	ada = factories.fresh(house.ada)
	ada.capacity = 2
	ada.save()
	user = factories.volunteer(ada).name
	other = factories.mentee(programme=house.programme)
	factories.match(ada, other)

	def page() -> str:
		with factories.as_user(user):
			return json.dumps(portal_matches.my_matches(), default=str)

	before = page()
	say(house, speaker, "the other")
	assert page() == before and house.mentee.name not in before


def test_it_is_read_with_as_many_queries_for_many_as_for_one(house, count_queries):
	for _number in range(3):
		more = factories.mentor(programme=house.programme)
		session = factories.matching_session(house.programme, [more], [house.mentee], held=True)
		factories.preference(session, more, rather_not=[house.mentee])
	names = frappe.get_all("Mentor", {"programme": house.programme.name}, pluck="name")
	profiles.mentor_profiles(names)
	with count_queries() as one:
		profiles.mentor_profiles(names[:1])
	with count_queries() as many:
		profiles.mentor_profiles(names)
	assert many.count <= one.count


@pytest.mark.commits
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_said_while_a_match_is_being_made_it_counts(house, speaker, monkeypatch):
	frappe.db.commit()
	may_match, said = making.check_may_match, []

	def meanwhile(mentee):
		# Asked at the beginning of each match: the database's view of this request begins here.
		may_match(mentee)
		if not said:
			said.append(elsewhere(lambda: say(house, speaker, "the other")))

	monkeypatch.setattr(making, "check_may_match", meanwhile)
	with pytest.raises(frappe.ValidationError, match=rf"The {speaker} refuses this"):
		suggestions.accept(house.mentee.name, house.ada.name)
	assert said and not frappe.db.exists("Match", {"mentee": house.mentee.name})


@pytest.mark.commits
def test_after_a_match_of_the_session_has_ended_it_can_be_taken_back(house):
	say(house, "mentee", "the other")
	seen = settling.propose(house.session.name)
	wanted = [{"mentee": house.mentee.name, "mentor": house.bela.name}]
	[made] = settling.accept(house.session.name, wanted, seen["fingerprint"])["made"]
	with pytest.raises(frappe.ValidationError, match="A match was made of this session"):
		say(house, "mentee")
	factories.close(frappe.get_doc("Match", made["match"]))
	say(house, "mentee")
	[person] = profiles.mentee_profiles([house.mentee.name])
	assert person.wishes == ()
