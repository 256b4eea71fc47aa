"""A mentee chooses among cards without a name: how a shortlist is made, shown, answered and made a match of."""

import json

import factories
import frappe
import pytest
from frappe.utils import add_days, add_to_date, nowdate

from libes_mentoring.mentee_preparation import consent
from libes_mentoring.mentor_matching import choice_reminders, choosing, shortlists
from libes_mentoring.mentoring_relationship.next_steps import next_step

pytestmark = pytest.mark.req("M4")


@pytest.fixture
def house():
	"""A programme with three mentors who are possible for a mentee who waits."""
	programme = factories.programme()
	return frappe._dict(
		programme=programme,
		coordinator=programme.coordinator,
		mentors=[
			factories.mentor(programme=programme, full_name=name)
			for name in ("Ada Acker", "Bela Brandt", "Carlo Costa")
		],
		mentee=factories.mentee(programme=programme),
	)


def choose(shortlist, *letters, **more):
	return choosing.record(shortlist.name, list(letters), present=["Caregiver"], **more)


@pytest.mark.req("M2")
def test_the_best_possible_mentors_are_put_on_the_cards(house):
	far = house.mentors[0]
	far.update({"interests": [{"interest": "Sport"}], "district": "South"})
	far.save()
	factories.mentor(programme=house.programme, stage="Applied")
	with factories.as_user(house.coordinator):
		name = shortlists.make(house.mentee.name)
		assert shortlists.make(house.mentee.name) == name, "a second click gives the same"
		doc = frappe.get_doc("Mentor Shortlist", name)
	assert [row.letter for row in doc.cards] == ["A", "B", "C"]
	assert {row.mentor for row in doc.cards} == {row.name for row in house.mentors}
	assert doc.cards[-1].mentor == far.name, "the best first"
	assert (doc.status, doc.programme) == ("Draft", house.programme.name)


@pytest.mark.req("M3", "E5")
def test_an_impossible_mentor_is_refused_in_words(house):
	refused = factories.mentor(programme=house.programme, gender="Male", full_name="Dita Dumont")
	mentee = factories.mentee(
		programme=house.programme, wishes=[{"about": "Gender", "strength": "Refused", "gender": "Male"}]
	)
	with pytest.raises(
		frappe.ValidationError, match=r"Dita Dumont cannot stand on a card.*refuses a mentor of this gender"
	):
		factories.shortlist(mentee, house.mentors[0], refused)
	doc = factories.shortlist(mentee, *house.mentors[:2], shown=False)
	doc.append("cards", {"mentor": refused.name})
	with pytest.raises(frappe.ValidationError, match="cannot stand on a card"):
		doc.save()


def test_nothing_to_choose_from_is_said(house):
	lonely = factories.programme()
	factories.mentor(programme=lonely)
	mentee = factories.mentee(programme=lonely)
	with pytest.raises(frappe.ValidationError, match="Fewer than two mentors are possible"):
		shortlists.make(mentee.name)
	waiting = factories.mentee(programme=lonely, ready=False)
	with pytest.raises(frappe.ValidationError, match="has not given consent"):
		shortlists.make(waiting.name)
	assert not frappe.db.count("Mentor Shortlist")


@pytest.mark.req("P8")
@pytest.mark.parametrize(
	("text", "words"),
	[
		("I am Ada and like soup.", "names the mentor"),
		("A.d.a likes soup", "names the mentor"),
		("Write to soup@example.org", "how to reach"),
		("See www.example.org", "how to reach"),
		("I am on Instagram", "how to reach"),
		("I am 34 and like soup.", "holds a number"),
		("Call 0470 11 22 33", "holds a number"),
		("I look forward to meeting Heron-4821", "holds a number"),
		("I was a victim too.", "why people take part"),
		("x" * 401, "too long"),
	],
)
def test_a_text_that_says_who_it_is_is_refused(house, text, words):
	doc = factories.shortlist(house.mentee, *house.mentors[:2], shown=False)
	doc.cards[0].card_text = text
	with pytest.raises(frappe.ValidationError, match=words):
		doc.save()


@pytest.mark.req("P8")
def test_a_text_that_has_become_one_with_a_name_is_not_shown_any_more(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	assert len(choosing.shown(doc.name)) == 2
	mentor = factories.fresh(house.mentors[0])
	mentor.full_name = "Soup Acker"
	mentor.save()
	with pytest.raises(frappe.ValidationError, match="Not to be shown any more: card A"):
		choosing.shown(doc.name)
	assert "names the mentor" in next_step(doc.doctype, doc.name)["text"]


def test_a_card_is_shown_once_its_mentor_has_agreed_to_exactly_this(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2], shown=False)
	doc.cards[1].agreed_on = None
	doc.save()
	with pytest.raises(frappe.ValidationError, match="Card B: The mentor has not agreed"):
		shortlists.finish(doc.name)
	doc = factories.fresh(doc)
	doc.cards[1].agreed_on = nowdate()
	doc.save()
	doc.cards[0].card_text = "I like the sea."
	doc.save()
	assert not doc.cards[0].agreed_on, "other words are agreed on anew"
	doc.cards[0].agreed_on = nowdate()
	doc.save()
	shortlists.finish(doc.name)
	mentor = factories.fresh(house.mentors[0])
	mentor.append("interests", {"interest": "Music"})
	mentor.save()
	with pytest.raises(frappe.ValidationError, match="card A"):
		choosing.shown(doc.name)
	doc = factories.fresh(doc)
	doc.cards[0].agreed_on = add_days(nowdate(), 1)
	with pytest.raises(frappe.ValidationError, match="The cards of this shortlist are fixed"):
		doc.save()


def test_what_was_agreed_to_holds_in_every_language(house):
	for word, other in (("Speaks", "Parle"), ("Likes", "Aime"), ("Cooking", "La cuisine"), ("Mornings", "Le matin")):
		frappe.get_doc(
			{"doctype": "Translation", "language": "fr", "source_text": word, "translated_text": other}
		).insert()
	doc = factories.shortlist(house.mentee, *house.mentors[:2], shown=False)
	before = frappe.local.lang
	try:
		frappe.local.lang = "fr"
		doc = factories.fresh(doc)
		doc.save()
		assert all(row.agreed_on for row in doc.cards), "another coordinator takes nothing back"
		shortlists.finish(doc.name)
		frappe.local.lang = "en"
		assert ["Likes", "Cooking"] in choosing.shown(doc.name)[0]["lines"]
		frappe.local.lang = "fr"
		assert ["Aime", "La cuisine"] in choosing.shown(doc.name)[0]["lines"]
	finally:
		frappe.local.lang = before
		frappe.clear_cache()


def test_what_one_mentor_agreed_to_is_nobody_elses(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2], shown=False)
	doc.cards[0].mentor = house.mentors[2].name
	doc.save()
	card = factories.fresh(doc).cards[0]
	assert (card.mentor_name, card.card_text, card.agreed_on) == ("Carlo Costa", None, None)
	card = doc.cards[1]
	card.update({"mentor": house.mentors[0].name, "card_text": "I like the hills."})
	doc.save()
	assert factories.fresh(doc).cards[1].agreed_on is None


def test_what_was_agreed_for_another_mentee_need_not_be_asked_again(house):
	factories.shortlist(house.mentee, *house.mentors[:2])
	other = factories.mentee(programme=house.programme)
	doc = frappe.get_doc("Mentor Shortlist", shortlists.make(other.name))
	agreed = {row.mentor: row.card_text for row in doc.cards if row.agreed_on}
	assert set(agreed) == {house.mentors[0].name, house.mentors[1].name}


def rename(mentor) -> None:
	"""A mentor marries: what their card says names them from now on."""
	doc = factories.fresh(mentor)
	doc.full_name = "Soup Acker"
	doc.save()


@pytest.mark.req("P8")
def test_old_words_that_may_not_stand_on_a_card_any_more_stop_no_new_shortlist(house):
	factories.shortlist(house.mentee, *house.mentors[:2])
	rename(house.mentors[0])
	other = factories.mentee(programme=house.programme)
	doc = frappe.get_doc("Mentor Shortlist", shortlists.make(other.name))
	cards = {row.mentor: row for row in doc.cards}
	assert len(cards) == 3 and not cards[house.mentors[0].name].card_text, "it is written anew"
	assert cards[house.mentors[1].name].agreed_on


@pytest.mark.req("P8")
def test_a_draft_is_withdrawn_whatever_stands_on_its_cards_by_now(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2], shown=False)
	rename(house.mentors[0])
	with pytest.raises(frappe.ValidationError, match="names the mentor"):
		factories.fresh(doc).save()
	with factories.as_user(house.coordinator):
		shortlists.withdraw(doc.name)
	assert factories.fresh(doc).status == "Withdrawn"
	assert not shortlists.open_shortlist(house.mentee.name)


@pytest.mark.req("P8", "E5")
def test_the_kind_of_a_mentor_is_shown_with_consent_only_and_in_kind_words(house):
	mentor = house.mentors[0]
	mentor.mentor_kind = "Survivor"
	mentor.save()
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	assert "new beginning" not in json.dumps(choosing.shown(doc.name))
	mentor = factories.fresh(mentor)
	mentor.kind_on_cards = 1
	mentor.save()
	with pytest.raises(frappe.ValidationError, match="card A"):
		choosing.shown(doc.name)
	shortlists.withdraw(doc.name)
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	text = json.dumps(choosing.shown(doc.name))
	assert "new beginning" in text and "urvivor" not in text


@pytest.mark.req("P8", "S3")
def test_cards_hold_letters_and_nothing_that_says_who_it_is(house):
	doc = factories.shortlist(house.mentee, *house.mentors)
	with factories.as_user(house.mentee.caregiver):
		assert choosing.to_choose_from(house.mentee.name)["shortlist"] == doc.name
		answers = json.dumps([choosing.shown(doc.name), choosing.to_choose_from(house.mentee.name)])
		assert not frappe.has_permission("Mentor Shortlist", "read", doc=doc.name)
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("Mentor Shortlist Card", parent_doctype="Mentor Shortlist")
	mentor = house.mentors[0]
	for secret in (mentor.name, "Acker", "Ada", mentor.email, "North", "1988", "Belgium", house.mentee.name):
		assert secret not in answers
	html = frappe.get_print("Mentor Shortlist", doc.name, "Mentor Cards")
	plain = frappe.get_print("Mentor Shortlist", doc.name, "Standard")
	for secret in (mentor.name, "Acker", mentor.email, "North", "1988", house.mentee.name):
		assert secret not in html and secret not in plain
	assert "Cooking" in html and "soup" in html


@pytest.mark.req("M1", "E5")
def test_a_choice_is_written_down_and_becomes_a_match(house):
	doc = factories.shortlist(house.mentee, *house.mentors)
	with factories.as_user(house.mentee.caregiver):
		assert choose(doc, "B", "A") == {"status": "Chosen"}
	doc = factories.fresh(doc)
	assert {row.letter: row.choice for row in doc.cards} == {"A": 2, "B": 1, "C": 0}
	assert (doc.present, doc.recorded_by) == ("Caregiver", house.mentee.caregiver)
	assert "Chosen on" in next_step(doc.doctype, doc.name)["text"]
	with factories.as_user(house.coordinator):
		with pytest.raises(frappe.ValidationError, match="first choice that is possible is B"):
			choosing.accept(doc.name, "A")
		match = choosing.accept(doc.name, "B")
		assert choosing.accept(doc.name, "B") == match, "a second call gives the same"
	made = frappe.get_doc("Match", match)
	assert (made.way, made.mentor, made.mentee) == ("Self-matching", house.mentors[1].name, house.mentee.name)
	assert frappe.db.get_value("Mentor Shortlist", doc.name, ["status", "mentoring_match"]) == (
		"Matched",
		match,
	)
	with pytest.raises(frappe.ValidationError, match="nothing to choose from any more"):
		choose(doc, "C")


@pytest.mark.req("M3")
def test_where_the_first_choice_is_gone_the_second_is_offered_with_the_reason(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	choose(doc, "A", "B")
	factories.match(house.mentors[0], factories.mentee(programme=house.programme))
	seen = choosing.outlook(doc.name)
	assert seen["offer"] == "B" and "no place left" in " ".join(seen["choices"][0]["why"])
	with pytest.raises(
		frappe.ValidationError, match=r"A \(Ada Acker\) is not possible any more.*The next choice is B"
	):
		choosing.accept(doc.name, "A")
	assert not frappe.db.exists("Match", {"mentee": house.mentee.name})
	assert frappe.get_doc("Match", choosing.accept(doc.name, "B")).mentor == house.mentors[1].name


@pytest.mark.req("P8", "S3")
def test_of_a_mentor_of_another_programme_nothing_is_said_but_that(house):
	"""The mentee has moved: the coordinator there reads the shortlist, and has no business with these mentors."""
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	choose(doc, "A", "B")
	mentor = factories.fresh(house.mentors[0])
	mentor.update({"full_name": "Soup Acker", "stage": "Paused"})
	mentor.append("wishes", {"about": "Person", "strength": "Refused", "mentee": house.mentee.name})
	mentor.save()
	elsewhere = factories.programme()
	mentee = factories.fresh(house.mentee)
	mentee.programme = elsewhere.name
	mentee.save()
	only = ["They are in different programmes, or a programme is missing."]
	with factories.as_user(elsewhere.coordinator):
		doc = factories.fresh(doc)
		assert shortlists.obstacles(doc) == {"A": only, "B": only}
		assert [row["why"] for row in choosing.outlook(doc.name)["choices"]] == [only, only]
		words = next_step(doc.doctype, doc.name)["text"]
		assert not [word for word in ("paused", "refuses", "names the mentor") if word in words.lower()]
		with pytest.raises(frappe.ValidationError) as refused:
			choosing.accept(doc.name, "A")
		assert "different programmes" in str(refused.value) and "refuses" not in str(refused.value)


def test_where_no_choice_is_left_that_is_said(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	choose(doc, "A")
	factories.match(house.mentors[0], factories.mentee(programme=house.programme))
	with pytest.raises(frappe.ValidationError, match="No choice is left"):
		choosing.accept(doc.name, "A")


def test_nobody_of_these_is_an_answer(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	with factories.as_user(house.mentee.caregiver):
		assert choose(doc, nobody=True, wish="Somebody who sings.") == {"status": "Nobody"}
		assert choosing.to_choose_from(house.mentee.name) is None
	doc = factories.fresh(doc)
	assert doc.nobody and doc.wish == "Somebody who sings." and not any(row.choice for row in doc.cards)
	assert not next_step(doc.doctype, doc.name)["late"]
	assert factories.fresh(house.mentee).status == "Ready", "it is never counted against the person"
	assert shortlists.make(house.mentee.name) != doc.name


def test_older_cards_are_not_answered_anew_beside_newer_ones(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	choose(doc, nobody=True)
	assert choose(doc, "A") == {"status": "Chosen"}, "one may think it over"
	choose(doc, nobody=True)
	shortlists.make(house.mentee.name)
	with pytest.raises(frappe.ValidationError, match="newer cards for this person"):
		choose(doc, "A")
	assert factories.fresh(doc).status == "Nobody"


@pytest.mark.req("M3", "E4")
def test_a_consent_that_is_withdrawn_after_the_choice_counts(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	choose(doc, "A", "B")
	with factories.as_user(house.mentee.caregiver):
		consent.withdraw(house.mentee.name)
	with factories.as_user(house.coordinator):
		with pytest.raises(frappe.ValidationError, match=r"consent.*No choice is left"):
			choosing.accept(doc.name, "A")
		step = next_step(doc.doctype, doc.name)
	assert step["late"] and "consent" in step["text"]
	assert not frappe.db.exists("Match", {"mentee": house.mentee.name})
	with factories.as_user(house.mentee.caregiver), pytest.raises(frappe.ValidationError, match="Not to be shown any more"):
		choosing.shown(doc.name)


@pytest.mark.req("M3")
def test_a_choice_that_changes_while_the_match_is_made_is_not_passed_over(house, monkeypatch):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	choose(doc, "A")
	make = choosing.making.make

	def meanwhile(*args, **more):
		# The database turned the first try away, and with it went the lock.
		choose(doc, "B", "A")
		return make(*args, **more)

	monkeypatch.setattr(choosing.making, "make", meanwhile)
	with pytest.raises(frappe.ValidationError, match="The choice was changed meanwhile"):
		choosing.accept(doc.name, "A")
	assert not frappe.db.exists("Match", {"mentee": house.mentee.name})


@pytest.mark.parametrize(
	("choices", "more", "words"),
	[
		([], {}, "at least one card, or nobody"),
		(["A"], {"nobody": True}, "at least one card, or nobody"),
		(["A", "A"], {}, "each once"),
		(["Z"], {}, "each once"),
		(["A"], {"present": []}, "who was there"),
		(["A"], {"present": ["Ada Acker"]}, "who was there"),
		([], {"nobody": True, "wish": "x" * 501}, "keep it shorter"),
	],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_stored(house, choices, more, words):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	with pytest.raises(frappe.ValidationError, match=words):
		choosing.record(doc.name, choices, **{"present": ["Caregiver"], **more})
	assert factories.fresh(doc).status == "To be shown"


def test_an_old_shortlist_says_so(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	doc.db_set("shown_from", add_days(nowdate(), -43))
	with pytest.raises(frappe.ValidationError, match="more than 6 weeks ago"):
		choosing.shown(doc.name)
	assert choosing.to_choose_from(house.mentee.name)["too_old"]
	step = next_step(doc.doctype, doc.name)
	assert step["late"] and "more than 6 weeks ago" in step["text"]
	shortlists.take_back(doc.name)
	shortlists.finish(doc.name)
	assert len(choosing.shown(doc.name)) == 2


@pytest.mark.req("S3")
@pytest.mark.parametrize(
	"who", ["coordinator", "social_worker", "manager", "partner_user", "volunteer", "privacy_officer"]
)
def test_nobody_from_elsewhere_has_a_way_in(house, who):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	with factories.as_user(getattr(factories, who)().name):
		for call in (
			lambda: choosing.to_choose_from(house.mentee.name),
			lambda: choosing.shown(doc.name),
			lambda: choosing.shown("SHL-99999"),
			lambda: choose(doc, "A"),
			lambda: choosing.outlook(doc.name),
			lambda: choosing.accept(doc.name, "A"),
			lambda: shortlists.finish(doc.name),
			lambda: shortlists.take_back(doc.name),
			lambda: shortlists.withdraw(doc.name),
			lambda: shortlists.make(house.mentee.name),
		):
			with pytest.raises(frappe.PermissionError):
				call()


@pytest.mark.req("S3")
def test_the_caregiver_conducts_the_choice_and_makes_no_match(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	with factories.as_user(house.mentee.caregiver):
		choose(doc, "A")
		for call in (
			lambda: choosing.accept(doc.name, "A"),
			lambda: choosing.outlook(doc.name),
			lambda: shortlists.finish(doc.name),
		):
			with pytest.raises(frappe.PermissionError):
				call()


@pytest.mark.req("S3")
def test_read_only_fields_are_not_set_in_the_form(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	with factories.as_user(house.coordinator):
		doc = factories.fresh(doc)
		doc.update({"status": "Chosen", "present": "x", "nobody": 1})
		doc.cards[0].choice = 1
		doc.save()
	doc = factories.fresh(doc)
	assert (doc.status, doc.present, doc.nobody, doc.cards[0].choice) == ("To be shown", None, 0, 0)


@pytest.mark.req("L2")
def test_an_unanswered_shortlist_is_reminded_of_once(house, outgoing_mail):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	today = frappe.utils.getdate()
	assert not choice_reminders.remind_of_shortlist(doc.name, today)
	later = frappe.utils.getdate(add_days(today, 14))
	assert doc.name in choice_reminders._unanswered(later)
	assert choice_reminders.remind_of_shortlist(doc.name, later)
	assert not choice_reminders.remind_of_shortlist(doc.name, later), "twice is once"
	[notice] = frappe.get_all("Notification Log", {"document_name": doc.name}, ["for_user", "subject"])
	assert (notice.for_user, notice.subject) == (house.coordinator, "A shortlist waits for an answer")
	choose(doc, "A")
	factories.fresh(doc).db_set("chosen_on", add_to_date(None, days=-20))
	assert choice_reminders.remind_of_shortlist(doc.name, later), "the answer waits for the coordinator now"


@pytest.mark.req("L2")
def test_who_makes_matches_for_the_mentee_now_is_reminded(house):
	doc = factories.shortlist(house.mentee, *house.mentors[:2])
	other = factories.programme()
	mentee = factories.fresh(house.mentee)
	mentee.programme = other.name
	mentee.save(ignore_permissions=True)
	assert choice_reminders.remind_of_shortlist(doc.name, frappe.utils.getdate(add_days(nowdate(), 14)))
	assert frappe.get_all("Notification Log", {"document_name": doc.name}, pluck="for_user") == [other.coordinator]
	with factories.as_user(other.coordinator):
		assert frappe.has_permission(doc.doctype, "read", doc=doc.name)
