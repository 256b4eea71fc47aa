"""Which data the app keeps of a person, and what becomes of each field when the person is erased. Pure.

Erasing pseudonymises: identity and free text go; what only counts (gender, kind, dates, stages, programme,
lengths) stays under a record name that says nothing. A field that nobody has named here is judged by its
type, on the safe side: text and attachments are emptied and rows removed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MENTEE, MENTOR = "Mentee", "Mentor"
PERSONS = (MENTEE, MENTOR)

EMPTY, REMOVE_ROWS, KEEP = "emptied", "rows removed", "kept"

TEXT_TYPES = frozenset(
	"""Data|Small Text|Text|Long Text|Text Editor|Code|HTML Editor|Markdown Editor|JSON|Attach|Attach Image
	|Signature|Geolocation|Password|Phone|Barcode|Autocomplete|Dynamic Link|Read Only""".replace(
		"\n\t", ""
	).split("|")
)
TABLE_TYPES = frozenset(("Table", "Table MultiSelect"))
# Stands where a record needs a value.
ERASED = "Erased"


@dataclass(frozen=True)
class Kept:
	"""What is held in one DocType about the persons in `of`."""

	of: tuple[str, ...]
	why: str
	# Which period of Mentoring Settings decides, and from which day.
	period: str
	identity: tuple[str, ...] = ()
	free_text: tuple[str, ...] = ()
	statistic: tuple[str, ...] = ()
	# Tables whose rows stay, with what is said of the child DocType.
	kept_rows: tuple[str, ...] = ()
	# The whole row goes: nothing in it counts for anything.
	delete: bool = False
	# Of a record about two persons: what says something of the other one only, and stays with them.
	others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
	# What is not handed to this person with their own data: it is about somebody else.
	withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
	# (field, {person: values}): rows that are about this person at all.
	own_rows: tuple[str, Mapping[str, tuple[str, ...]]] | None = None


MENTEE_PERIOD, MENTOR_PERIOD, NOTES_PERIOD = (
	"keep_mentee_months",
	"keep_mentor_months",
	"keep_notes_months",
)
CANDIDATE_PERIOD, IMPORT_PERIOD = "keep_candidate_months", "keep_import_days"

INVENTORY: dict[str, Kept] = {
	"Mentee": Kept(
		of=(MENTEE,),
		why="Finding a mentor",
		period=MENTEE_PERIOD,
		identity=("nationality", "district"),
		free_text=("motivation", "goals", "strengths"),
		statistic=("gender", "status", "programme", "caregiver", "ready_on", "left_on", "hours_per_month"),
	),
	"Mentee Case File": Kept(
		of=(MENTEE,),
		why="Reaching the person, and the caregiver's judgement",
		period=MENTEE_PERIOD,
		identity=("full_name", "known_as", "birth_date", "phone", "email", "address", "safe_contact"),
		free_text=("readiness_note", "background", "health_note", "safety_note", "referral_source"),
		delete=True,
	),
	"Mentee Consent": Kept(
		of=(MENTEE,),
		why="Proof that the person agreed",
		period=MENTEE_PERIOD,
		statistic=(
			"status",
			"given_on",
			"withdrawn_on",
			"taken_by",
			"how",
			"language",
			"text_version",
			"text_hash",
		),
	),
	"Mentor": Kept(
		of=(MENTOR,),
		why="Choosing, preparing and reaching volunteers",
		period=MENTOR_PERIOD,
		identity=("full_name", "email", "mobile", "user", "birth_date", "nationality", "district"),
		free_text=("motivation", "personality", "availability", "expectations", "staff_notes"),
		statistic=(
			"gender",
			"mentor_kind",
			"stage",
			"programme",
			"partner_organisation",
			"applied_on",
			"left_on",
			"recruitment_channel",
			"exclusion_reason",
			"hours_per_month",
		),
		kept_rows=("screening_steps",),
		withheld={MENTOR: ("import_key",)},
	),
	"Mentor Screening Step": Kept(
		of=(MENTOR,),
		why="Proof of the screening",
		period=MENTOR_PERIOD,
		free_text=("note",),
		statistic=("step", "outcome", "done_on", "valid_until", "decided_by"),
	),
	"Match": Kept(
		of=PERSONS,
		why="The relationship",
		period=NOTES_PERIOD,
		identity=("mentor_name",),
		free_text=("reasons_for", "reasons_against", "first_meeting_place"),
		statistic=(
			"mentor",
			"mentee",
			"programme",
			"stage",
			"way",
			"matched_on",
			"first_meeting_on",
			"closed_on",
		),
		kept_rows=("stage_log",),
		others={MENTEE: ("mentor_name",)},
		withheld={
			MENTEE: ("mentor_name", "score"),
			MENTOR: ("mentee", "score", "reasons_for", "reasons_against"),
		},
	),
	"Match Stage Entry": Kept(
		of=PERSONS,
		why="When the relationship moved on",
		period=NOTES_PERIOD,
		statistic=("stage", "moved_on", "moved_by"),
	),
	"CheckIn": Kept(
		of=PERSONS,
		why="Staff's contact with mentor and mentee",
		period=NOTES_PERIOD,
		free_text=("notes",),
		statistic=("contact_with", "contact_kind", "due_on", "done_on", "status", "medium", "wellbeing"),
		own_rows=("contact_with", {MENTOR: ("Mentor", "Both"), MENTEE: ("Mentee", "Both")}),
	),
	"Meeting Log": Kept(
		of=PERSONS,
		why="What the two did",
		period=NOTES_PERIOD,
		free_text=("activity", "note"),
		statistic=("met_on", "length_minutes", "medium", "next_meeting_on", "needs_support"),
		withheld={MENTEE: ("note",)},
	),
	"Closure": Kept(
		of=PERSONS,
		why="How the relationship ended",
		period=NOTES_PERIOD,
		free_text=("other_reason", "mentor_feedback", "mentee_feedback", "staying_in_touch", "rematch_note"),
		statistic=("status", "reason", "asked_by", "timing", "closed_on", "rematch"),
		others={MENTOR: ("mentee_feedback", "rematch_note")},
		withheld={MENTEE: ("mentor_feedback",), MENTOR: ("mentee_feedback", "rematch", "rematch_note")},
	),
	"Concern": Kept(
		of=PERSONS,
		why="Somebody's safety",
		period=MENTEE_PERIOD,
		free_text=("text", "decision"),
		statistic=("status", "urgent", "kind", "received_on", "outcome", "closed_on"),
		kept_rows=("recipients",),
		# Who once raised it or was meant must not be able to make it disappear; the name alone goes.
		others={MENTOR: ("text", "decision", "steps")},
	),
	"Case File Access": Kept(
		of=(MENTEE,),
		why="Who opened the case file",
		period=MENTEE_PERIOD,
		free_text=("reason",),
		statistic=("opened_at", "user", "how", "case_file"),
	),
	"Case File Opening": Kept(
		of=(MENTEE,),
		why="Who opened the case file without being the caregiver",
		period=MENTEE_PERIOD,
		free_text=("reason",),
		statistic=("opened_at", "expires_at", "user"),
	),
	"Match Disclosure": Kept(
		of=PERSONS,
		why="Whether the mentor knows of the past",
		period=MENTEE_PERIOD,
		statistic=("state", "recorded_on", "recorded_by", "consent_given_on"),
	),
	"Mentoring Import": Kept(
		of=PERSONS,
		why="Bringing in a spreadsheet",
		period=IMPORT_PERIOD,
		identity=("workbook",),
		statistic=("programme", "status", "mode", "summary"),
	),
}


def fate(doctype: str, fieldname: str, fieldtype: str, person: str | None = None) -> str:
	"""What erasing does to a field: EMPTY, REMOVE_ROWS or KEEP. `person` is who is erased, Mentee or Mentor.

	What nobody has named is emptied where it may hold words, so that a new field is never forgotten.
	"""
	kept = INVENTORY.get(doctype)
	if kept and fieldname in kept.others.get(person or "", ()):
		return KEEP
	if fieldtype in TABLE_TYPES:
		return KEEP if kept and fieldname in kept.kept_rows else REMOVE_ROWS
	if kept and fieldname in (*kept.identity, *kept.free_text):
		return EMPTY
	if kept and fieldname in kept.statistic:
		return KEEP
	return EMPTY if fieldtype in TEXT_TYPES else KEEP


def is_withheld(doctype: str, fieldname: str, person: str) -> bool:
	"""Whether a field of this person's records says something of somebody else, and is not handed out."""
	kept = INVENTORY.get(doctype)
	return bool(kept) and fieldname in kept.withheld.get(person, ())
