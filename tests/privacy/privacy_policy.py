"""Who may read what, declared for every DocType of the app. A DocType without a row fails the suite.

Persons are seen from one mentee ("ours") in one programme:

- caregiver, coordinator, manager, partner: the mentee's social worker, the programme's coordinator, the
  manager, a member of the association that our mentor comes from;
- volunteer: our mentor, in the running match; former_volunteer: the mentor of a match that is closed;
- other_volunteer, other_social_worker, other_coordinator, other_partner: the same in another programme;
- former_caregiver, former_coordinator: those of our mentee and programme before they were handed over;
- privacy_officer, desk_user (of the site, with no role of the app), guest.
"""

from __future__ import annotations

from privacy_canaries import Canary

OUTSIDE = ("volunteer", "former_volunteer", "other_volunteer", "guest")
NO_PERMISSION = (*OUTSIDE, "desk_user", "privacy_officer")
OUT_OF_SCOPE = (
	"other_social_worker",
	"other_coordinator",
	"other_partner",
	"former_caregiver",
	"former_coordinator",
	"partner",
	"manager",
)
INSIDE = ("caregiver", "coordinator")
EVERYBODY = (*NO_PERMISSION, *OUT_OF_SCOPE, *INSIDE)

NOBODY: frozenset[str] = frozenset()
CAREGIVER = frozenset({"caregiver"})
STAFF = frozenset({"caregiver", "coordinator"})
OF_THE_LOG = frozenset({"caregiver", "privacy_officer"})
OF_THE_PROGRAMME = STAFF | {"manager"}
OF_THE_HOUSE = frozenset({"coordinator", "other_coordinator", "former_coordinator", "manager"})
# What mentors are trained in is nothing about a person: all staff read it.
OF_THE_TRAINING = OF_THE_HOUSE | {"caregiver", "other_social_worker"}

READERS: dict[str, frozenset[str]] = {
	"Mentee Case File": CAREGIVER,
	"Case File Access": OF_THE_LOG,
	"Case File Opening": OF_THE_LOG,
	"Match Disclosure": STAFF,
	"Erasure Request": frozenset({"privacy_officer"}),
	"Erasure Request Item": frozenset({"privacy_officer"}),
	"Mentee": STAFF,
	"Mentee Consent": STAFF,
	"Mentee Excluded Mentor": STAFF,
	"Mentee Boundary": STAFF,
	"Mentee Induction Topic": STAFF,
	"Match": STAFF,
	"Match Checklist Item": STAFF,
	"Match Stage Entry": STAFF,
	"Match Goal": STAFF,
	"Mentoring Group": STAFF,
	"Mentoring Group Mentor": STAFF,
	"Programme Meeting Place": OF_THE_PROGRAMME,
	"CheckIn": STAFF,
	"Meeting Log": STAFF,
	"Closure": STAFF,
	"Closure Step": STAFF,
	# The recipient alone: here the coordinator, to whom our volunteer's concern goes.
	"Concern": frozenset({"coordinator"}),
	"Concern Recipient": frozenset({"coordinator"}),
	"Concern Step": frozenset({"coordinator"}),
	"Mentor": STAFF,
	"Mentor Screening Step": STAFF,
	"Match Wish": STAFF,
	"Mentoring Language Skill": STAFF,
	"Mentoring Interest Item": STAFF,
	"Mentoring Support Area Item": STAFF,
	# Why somebody was turned down: never the caregiver of a match.
	"Candidate Refusal": frozenset({"coordinator", "manager"}),
	"Mentor Motivation": STAFF,
	"Mentoring Availability Slot": STAFF,
	"Mentoring Programme": OF_THE_PROGRAMME,
	"Mentoring Programme Staff": OF_THE_PROGRAMME,
	"Mentoring Programme Step": OF_THE_PROGRAMME,
	# Its own members too; of the mentors they get a report.
	"Partner Organisation": OF_THE_HOUSE | {"partner"},
	"Partner Organisation Member": OF_THE_HOUSE | {"partner"},
	"Mentoring Import": frozenset({"coordinator"}),
	"Mentoring Import Row": frozenset({"coordinator"}),
	"Mentoring Settings": frozenset({"manager"}),
	"Screening Waiver": frozenset({"coordinator", "manager"}),
	# The programme's coordinator, and the two who decide: here the coordinator and the caregiver.
	"Record Check Review": STAFF,
	"Policy Acknowledgement": frozenset({"coordinator"}),
	"Policy Request": frozenset({"coordinator"}),
	"Volunteer Agreement": frozenset({"coordinator"}),
	"Volunteer Agreement Commitment": frozenset({"coordinator"}),
	"Mentoring Programme Training": OF_THE_PROGRAMME,
	"Training Module": OF_THE_TRAINING,
	"Training Material": OF_THE_TRAINING,
	# A social worker sees the sessions that they lead; nobody's attendance.
	"Training Session": frozenset({"coordinator"}),
	"Training Session Module": frozenset({"coordinator"}),
	"Training Attendance": frozenset({"coordinator"}),
	"Training Acknowledgement": frozenset({"coordinator"}),
	# How a mentor is: the coordinator alone.
	"Mentor Wellbeing Note": frozenset({"coordinator"}),
	"Mentor Wellbeing Answer": frozenset({"coordinator"}),
	"Mentor Get-together": frozenset({"coordinator", "manager"}),
	"Get-together Sign-up": frozenset({"coordinator"}),
	"Peer Post": frozenset({"coordinator"}),
	"Mentor Expense": frozenset({"coordinator", "manager"}),
	"Mentor Expense Batch": frozenset({"coordinator", "manager"}),
	"Mentoring Programme Currency": OF_THE_PROGRAMME,
	"Mentor Reference": STAFF,
	"Mentor Reference Quality": STAFF,
	# The two who ask, both of whom have submitted: here the coordinator and the caregiver.
	"Mentor Interview": STAFF,
	"Interview Scorecard": STAFF,
	"Interview Score": STAFF,
	"Interview Scorecard Sign": STAFF,
	# Everybody who waits, side by side: the coordinator alone.
	"Match Run": frozenset({"coordinator"}),
	"Match Run Choice": frozenset({"coordinator"}),
	"Match Run Pair": frozenset({"coordinator"}),
	"Match Run Unplaced": frozenset({"coordinator"}),
	"Mentor Organisation Tie": STAFF,
	"Mentee Organisation Conflict": STAFF,
	"Match Criterion Weight": OF_THE_PROGRAMME,
	"Programme District Distance": OF_THE_PROGRAMME,
	"Programme Kind Preference": OF_THE_PROGRAMME,
}

# Word lists, and texts for everybody who takes part: they say nothing about a person, so nothing is planted in them.
NOTHING_PERSONAL = (
	"Mentoring Language",
	"Mentoring Support Area",
	"Mentoring Interest",
	"Policy Document",
	"Policy Text",
	"Record Check Rule",
	"Self-care Resource",
	"Interview Guide",
	"Interview Guide Question",
	"Interview Guide Quality",
	"Interview Guide Sign",
)

# Fields that are meant for more people than the rest of their DocType.
MEANT_FOR: dict[tuple[str, str], tuple[str, ...]] = {
	# The name for the outside stands in the public application form, with whom to ask about privacy.
	("Mentoring Programme", "public_name"): EVERYBODY,
	("Mentoring Settings", "organisation_name"): EVERYBODY,
	("Mentoring Settings", "privacy_contact"): EVERYBODY,
	# On the volunteers' page: whom to call.
	("Mentoring Settings", "emergency_note"): ("volunteer", "former_volunteer", "other_volunteer"),
	# Printed on the agreement and the certificate.
	("Mentoring Settings", "address"): ("volunteer", "former_volunteer", "other_volunteer", *INSIDE),
	("Mentoring Settings", "insurer"): ("volunteer", "former_volunteer", "other_volunteer", *INSIDE),
	("Mentoring Programme", "meeting_place"): ("volunteer",),
	# The alias, which is all that a mentor and the mentor's own association know.
	("Mentee", "name"): ("volunteer", "partner", "privacy_officer"),
	# About the mentor's own person (in the report also for the own organisation), and where the two meet.
	("Mentor", "full_name"): ("volunteer", "partner"),
	("Match", "mentor_name"): ("volunteer",),
	("Match", "first_meeting_place"): ("volunteer",),
	# The name of the group that they meet in.
	("Mentoring Group", "group_name"): ("volunteer",),
	# The volunteer's own agreement, to read, sign and keep.
	("Volunteer Agreement", "mentor_name"): ("volunteer",),
	("Volunteer Agreement", "organisation"): ("volunteer",),
	("Volunteer Agreement", "programme_title"): ("volunteer",),
	("Volunteer Agreement", "supervisor_name"): ("volunteer",),
	("Volunteer Agreement", "meeting_place"): ("volunteer",),
	("Volunteer Agreement", "expenses_rule"): ("volunteer",),
	("Volunteer Agreement", "insurance"): ("volunteer",),
	("Volunteer Agreement", "reporting"): ("volunteer",),
	("Volunteer Agreement", "contact_words"): ("volunteer",),
	("Volunteer Agreement", "closing"): ("volunteer",),
	("Volunteer Agreement", "content_hash"): ("volunteer",),
	("Volunteer Agreement", "mentor_name_typed"): ("volunteer",),
	("Volunteer Agreement Commitment", "commitment"): ("volunteer",),
	# On the own page for training, of the modules asked for and the sessions invited to.
	("Training Module", "title"): ("volunteer", "former_volunteer"),
	("Training Material", "title"): ("volunteer", "former_volunteer"),
	("Training Material", "text"): ("volunteer", "former_volunteer"),
	("Training Material", "link"): ("volunteer", "former_volunteer"),
	("Training Session", "title"): ("volunteer",),
	("Training Session", "place"): ("volunteer",),
	("Training Session", "video_link"): ("volunteer",),
	("Training Session", "trainer_name"): ("volunteer",),
	# Volunteers of the programme with a place on its board. (The former one of the cast is available for a new match.)
	("Mentor Get-together", "title"): ("volunteer", "former_volunteer"),
	("Mentor Get-together", "place"): ("volunteer", "former_volunteer"),
	("Mentor Get-together", "description"): ("volunteer", "former_volunteer"),
	# Who has signed up sees the way into the call.
	("Mentor Get-together", "online_link"): ("volunteer",),
	("Peer Post", "text"): ("volunteer", "former_volunteer"),
	("Peer Post", "shown_name"): ("volunteer", "former_volunteer"),
	# The volunteer's own claim.
	("Mentor Expense", "purpose"): ("volunteer",),
	("Mentor Expense", "note_to_mentor"): ("volunteer",),
}

# Fields of a DocType that a person reads otherwise.
KEPT_FROM: dict[tuple[str, str], tuple[str, ...]] = {}


def may_read(person: str, canary: Canary) -> bool:
	field = (canary.doctype, canary.field)
	if person == "administrator" or person == canary.owner or person in MEANT_FOR.get(field, ()):
		return True
	if person in KEPT_FROM.get(field, ()):
		return False
	# What is attached to a record is read by who reads the record: "Mentee (comment)".
	return person in READERS[canary.doctype.split(" (")[0]]
