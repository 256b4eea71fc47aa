"""Which data the app keeps of a person, why, on what basis, and what becomes of each field on erasure. Pure.

Erasing pseudonymises: identity and free text go; what only counts (gender, kind, dates, stages, programme,
lengths) stays under a record name that says nothing. A field that nobody has named here is judged by its
type, on the safe side: text and attachments are emptied and rows removed. That is for fields that a site has
added; every field of the app's own is named, and a test sees to it.
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


# What an organisation may rely on (GDPR). A proposal for its own assessment, never a finding.
CONSENT = "Consent: Art. 6(1)(a)"
EXPLICIT_CONSENT = "Explicit consent: Art. 6(1)(a), 9(2)(a)"
AGREEMENT = "Steps before and duties of the mentor's agreement: Art. 6(1)(b)"
SCREENING = "Protecting those who are mentored: Art. 6(1)(f); record check: Art. 10 and national law"
SAFEGUARDING = "Protecting the person, legitimate or vital interest: Art. 6(1)(d) or (f), 9(2)(c) or (d)"
ACCOUNTABILITY = "Showing that the rules were kept: Art. 5(2), 6(1)(c)"
LEGITIMATE = "Running the programme: Art. 6(1)(f)"


@dataclass(frozen=True)
class Kept:
	"""What is held in one DocType about the persons in `of`."""

	of: tuple[str, ...]
	why: str
	# Which period of Mentoring Settings decides, and from which day.
	period: str
	basis: str = CONSENT
	identity: tuple[str, ...] = ()
	free_text: tuple[str, ...] = ()
	statistic: tuple[str, ...] = ()
	# Tables whose rows stay, with what is said of the child DocType.
	kept_rows: tuple[str, ...] = ()
	removed_rows: tuple[str, ...] = ()
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
RUN_PERIOD = "keep_run_months"

INVENTORY: dict[str, Kept] = {
	"Mentee": Kept(
		of=(MENTEE,),
		why="Finding a mentor",
		period=MENTEE_PERIOD,
		basis=EXPLICIT_CONSENT,
		identity=("nationality", "district"),
		free_text=("motivation", "goals", "strengths", "communication_habits"),
		statistic=(
			"gender",
			"status",
			"programme",
			"caregiver",
			"recruited_by",
			"ready_on",
			"waiting_since",
			"waited_days",
			"left_on",
			"erased_on",
			"facts_changed_at",
			"legal_hold",
			"hours_per_month",
			"rhythm",
			"talk_length",
			"medium_in_person",
			"medium_synchronous",
			"medium_asynchronous",
			"technology_ease",
			"has_smartphone",
			"has_computer",
			"has_internet",
			"meetings_per_month",
			"channel_calls",
			"channel_video",
			"channel_messages",
			"channel_voice",
			"phase",
			"max_distance_minutes",
		),
		removed_rows=(
			"languages",
			"interests",
			"support_areas",
			"wishes",
			"excluded_mentors",
			"conflicting_organisations",
			"boundaries",
			"induction",
			"availability_slots",
		),
	),
	"Mentee Case File": Kept(
		of=(MENTEE,),
		why="Reaching the person, and the caregiver's judgement",
		period=MENTEE_PERIOD,
		identity=("full_name", "known_as", "birth_date", "phone", "email", "address", "safe_contact"),
		free_text=("readiness_note", "background", "health_note", "safety_note", "referral_source"),
		statistic=(
			"mentee",
			"import_key",
			"psychologically_ready",
			"emotionally_ready",
			"basic_needs_covered",
			"judged_on",
			"judged_by",
			"case_reference_type",
			"case_reference",
		),
		basis=EXPLICIT_CONSENT,
		delete=True,
	),
	"Mentee Consent": Kept(
		of=(MENTEE,),
		why="Proof that the person agreed",
		period=MENTEE_PERIOD,
		basis=ACCOUNTABILITY,
		statistic=(
			"mentee",
			"status",
			"explained_voluntary",
			"explained_no_effect",
			"explained_withdrawal",
			"signed",
			"policy_document",
			"reconfirm_asked_on",
			"reconfirmed_on",
			"reconfirmed_by",
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
		basis=AGREEMENT,
		identity=(
			"full_name",
			"email",
			"mobile",
			"user",
			"birth_date",
			"nationality",
			"district",
			"import_key",
			# That a check was clear or not counts for nothing once the person has gone.
			"record_check_outcome",
			"blocked_by",
			"blocked_code",
			"status_key_hash",
		),
		free_text=("personality", "skills", "experience", "availability", "expectations", "staff_notes"),
		statistic=(
			"gender",
			"mentor_kind",
			"kind_on_cards",
			"stage",
			"programme",
			"partner_organisation",
			"applied_on",
			"left_on",
			"recruitment_channel",
			"hours_per_month",
			"capacity",
			"medium_in_person",
			"medium_synchronous",
			"medium_asynchronous",
			"record_check_issued_on",
			"record_check_seen_on",
			"record_check_seen_by",
			"record_check_renew_by",
			"paused_until",
			"paused_on",
			"pause_end_told_on",
			"paused_from",
			"paused_by_mentor",
			"legal_hold",
			"erased_on",
			"screening_column",
			"blocked_since",
			"screening_reminded_on",
			"screening_escalated_on",
			"record_check_reminded",
			"continuing_reminded_year",
			"available_on",
			"waiting_since",
			"waited_days",
			"turned_down_on",
			"applied_again_on",
			"applied_again_count",
			"status_key_expires_on",
			"meetings_per_month",
			"commitment_months",
			"channel_calls",
			"channel_video",
			"channel_messages",
			"channel_voice",
			"talk_length",
		),
		kept_rows=("screening_steps",),
		removed_rows=(
			"languages",
			"interests",
			"support_areas",
			"wishes",
			"motivations",
			"availability_slots",
			"other_organisations",
		),
		withheld={MENTOR: ("import_key", "status_key_hash")},
	),
	"Mentor Screening Step": Kept(
		of=(MENTOR,),
		why="Proof of the screening",
		period=MENTOR_PERIOD,
		basis=SCREENING,
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
			"mentoring_group",
			"first_meeting_on",
			"first_meeting_at",
			"first_meeting_staff",
			"mentor_briefed_on",
			"mentee_briefed_on",
			"told_on",
			"agreed_meetings_per_month",
			"agreed_length_minutes",
			"agreed_medium",
			"meeting_expected_by",
			"meeting_told_for",
			"mentee_waited_days",
			"mentor_waited_days",
			"closed_on",
			"mentee_ready_on",
			"planned_end",
			"score",
			"previous_match",
			"match_run",
			"taken_back",
		),
		kept_rows=("stage_log",),
		removed_rows=("checklist", "goals"),
		others={MENTEE: ("mentor_name",)},
		withheld={
			MENTEE: ("mentor_name", "score", "mentor_waited_days"),
			MENTOR: ("mentee", "score", "reasons_for", "reasons_against", "mentee_waited_days"),
		},
	),
	"Match Goal": Kept(
		of=PERSONS,
		why="What the two want to do together, and each for themselves",
		period=NOTES_PERIOD,
		free_text=("goal",),
		statistic=("whose", "mentor_may_read", "review_on", "outcome"),
		# Goals of both stand in one table; each is handed the shared ones and their own.
		own_rows=("whose", {MENTOR: ("Shared", "Mentor's"), MENTEE: ("Shared", "Mentee's")}),
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
		statistic=(
			"mentoring_match",
			"contact_with",
			"contact_kind",
			"due_on",
			"done_on",
			"done_by",
			"status",
			"medium",
			"wellbeing",
			"support_needed",
			"reminded_on",
			"escalated_on",
		),
		own_rows=("contact_with", {MENTOR: ("Mentor", "Both"), MENTEE: ("Mentee", "Both")}),
	),
	"Meeting Log": Kept(
		of=PERSONS,
		why="What the two did",
		period=NOTES_PERIOD,
		free_text=("activity", "note"),
		statistic=("mentoring_match", "met_on", "length_minutes", "medium", "next_meeting_on", "needs_support"),
		withheld={MENTEE: ("note",)},
	),
	"Closure": Kept(
		of=PERSONS,
		why="How the relationship ended",
		period=NOTES_PERIOD,
		free_text=("other_reason", "mentor_feedback", "mentee_feedback", "staying_in_touch", "rematch_note"),
		statistic=(
			"mentoring_match",
			"status",
			"reason",
			"asked_by",
			"timing",
			"notice_given_on",
			"last_meeting_on",
			"closed_on",
			"closed_by",
			"rematch",
		),
		removed_rows=("steps",),
		others={MENTOR: ("mentee_feedback", "rematch_note")},
		withheld={MENTEE: ("mentor_feedback",), MENTOR: ("mentee_feedback", "rematch", "rematch_note")},
	),
	"Concern": Kept(
		of=PERSONS,
		why="Somebody's safety",
		period=MENTEE_PERIOD,
		basis=SAFEGUARDING,
		free_text=("text", "decision"),
		statistic=(
			"status",
			"urgent",
			"kind",
			"received_on",
			"outcome",
			"closed_on",
			"closed_by",
			"raised_by",
			"about_user",
			"programme",
			"mentoring_match",
			"follows",
			"handled_by",
			"first_response_on",
			"time_to_first_response",
			"reminded_on",
			"escalated_on",
		),
		kept_rows=("recipients",),
		removed_rows=("steps",),
		# Who once raised it or was meant must not be able to make it disappear; the name alone goes.
		others={MENTOR: ("text", "decision", "steps")},
	),
	"Concern Recipient": Kept(
		of=PERSONS,
		why="Who was told of a concern",
		period=MENTEE_PERIOD,
		basis=ACCOUNTABILITY,
		statistic=("user", "added_by", "added_on", "told_on"),
	),
	"Concern Step": Kept(
		of=PERSONS,
		why="What was done about a concern",
		period=MENTEE_PERIOD,
		basis=SAFEGUARDING,
		free_text=("what",),
		statistic=("done_by", "done_on"),
		others={MENTOR: ("what",)},
	),
	"Case File Access": Kept(
		of=(MENTEE,),
		why="Who opened the case file",
		period=MENTEE_PERIOD,
		basis=ACCOUNTABILITY,
		free_text=("reason",),
		statistic=("mentee", "opened_at", "user", "how", "case_file"),
	),
	"Case File Opening": Kept(
		of=(MENTEE,),
		why="Who opened the case file without being the caregiver",
		period=MENTEE_PERIOD,
		basis=ACCOUNTABILITY,
		free_text=("reason",),
		statistic=("mentee", "opened_at", "expires_at", "user"),
	),
	"Match Disclosure": Kept(
		of=PERSONS,
		why="Whether the mentor knows of the past",
		period=MENTEE_PERIOD,
		basis=EXPLICIT_CONSENT,
		statistic=(
			"mentoring_match",
			"state",
			"recorded_on",
			"recorded_by",
			"consent_given_on",
			"consent_taken_by",
			"consent_how",
		),
	),
	"Mentoring Import": Kept(
		of=PERSONS,
		why="Bringing in a spreadsheet",
		period=IMPORT_PERIOD,
		basis=LEGITIMATE,
		identity=("workbook",),
		statistic=("programme", "caregiver", "status", "mode", "summary"),
		removed_rows=("rows",),
	),
	"Screening Waiver": Kept(
		of=(MENTOR,),
		why="Who let a step of the screening be missing",
		period=MENTOR_PERIOD,
		basis=SCREENING,
		free_text=("reason",),
		statistic=(
			"mentor",
			"step",
			"valid_until",
			"status",
			"granted_by",
			"granted_on",
			"revoked_by",
			"revoked_on",
		),
	),
	"Record Check Review": Kept(
		of=(MENTOR,),
		why="What two people decided on a record check",
		period=MENTOR_PERIOD,
		basis=SCREENING,
		identity=(
			# As the outcome on the mentor's own record: it counts for nothing once the person has gone.
			"outcome",
			"decision_1",
			"decision_2",
			"decision_3",
		),
		free_text=("conditions_1", "conditions_2", "conditions_3"),
		statistic=(
			"mentor",
			"status",
			"opened_on",
			"opened_by",
			"completed_on",
			"reviewer_1",
			"reviewer_2",
			"reviewer_3",
			"decided_on_1",
			"decided_on_2",
			"decided_on_3",
		),
	),
	"Policy Acknowledgement": Kept(
		of=(MENTOR,),
		why="Proof of which rules were accepted",
		period=MENTOR_PERIOD,
		basis=ACCOUNTABILITY,
		identity=("name_typed",),
		statistic=(
			"mentor",
			"policy",
			"policy_kind",
			"version",
			"language",
			"text_hash",
			"way",
			"acknowledged_on",
			"recorded_by",
		),
	),
	"Policy Request": Kept(
		of=(MENTOR,),
		why="Telling nobody twice what waits to be read",
		period=MENTOR_PERIOD,
		basis=LEGITIMATE,
		statistic=("mentor", "policy", "asked_on", "reminded_on", "passed_on"),
		delete=True,
	),
	"Volunteer Agreement": Kept(
		of=(MENTOR,),
		why="What organisation and mentor have agreed",
		period=MENTOR_PERIOD,
		basis=AGREEMENT,
		identity=("mentor_name", "mentor_name_typed"),
		free_text=(
			"meeting_place",
			"expenses_rule",
			"insurance",
			"reporting",
			"contact_words",
			"closing",
		),
		statistic=(
			"mentor",
			"programme",
			"programme_title",
			"organisation",
			"contact_rule",
			"supervisor",
			"supervisor_name",
			"status",
			"language",
			"policy_document",
			"policy_version",
			"begins_on",
			"ends_on",
			"commitment_months",
			"hours_per_month",
			"preset_version",
			"sent_on",
			"mentor_signed_on",
			"mentor_way",
			"mentor_recorded_by",
			"countersigned_on",
			"countersigned_by",
			"ended_on",
			"replaces",
			"content_hash",
			"reminded_on",
			"passed_on",
			"renewal_told_on",
		),
		removed_rows=("organisation_commitments", "mentor_commitments"),
	),
	"Training Attendance": Kept(
		of=(MENTOR,),
		why="Proof of the training",
		period=MENTOR_PERIOD,
		basis=AGREEMENT,
		identity=("mentor_name",),
		statistic=(
			"mentor",
			"session",
			"status",
			"held_on",
			"hours",
			"answered_at",
			"by_code",
			"recorded_by",
			"recorded_at",
			"reminded_on",
		),
	),
	"Training Acknowledgement": Kept(
		of=(MENTOR,),
		why="Proof that a material was read",
		period=MENTOR_PERIOD,
		basis=AGREEMENT,
		identity=("mentor_name",),
		statistic=("mentor", "module", "material", "material_title", "acknowledged_at", "text_hash"),
	),
	# Outlasts the person's own data while no new application is considered: a date, a reason, and two marks from
	# which nobody can be read. They are taken away when that time is over (refusals.daily).
	"Candidate Refusal": Kept(
		of=(MENTOR,),
		why="Not considering somebody again who was turned down",
		period=MENTOR_PERIOD,
		basis=SCREENING,
		free_text=("note", "lifted_why"),
		statistic=(
			"mentor",
			"programme",
			"decided_on",
			"decided_by",
			"reason",
			"reapply_after",
			"letter_sent_on",
			"lifted_on",
			"lifted_by",
			"email_mark",
			"person_mark",
		),
		withheld={MENTOR: ("email_mark", "person_mark")},
	),
	"Mentor Wellbeing Note": Kept(
		of=(MENTOR,),
		why="Looking after volunteers",
		period=MENTOR_PERIOD,
		basis=LEGITIMATE,
		identity=("mentor_name",),
		free_text=("talk_note",),
		statistic=(
			"mentor",
			"programme",
			"status",
			"noted_on",
			"noted_by",
			"check_in",
			"signs_version",
			"talked_on",
			"talked_by",
			"reminded_on",
		),
		removed_rows=("answers",),
	),
	"Get-together Sign-up": Kept(
		of=(MENTOR,),
		why="Who comes to a get-together",
		period=MENTOR_PERIOD,
		basis=LEGITIMATE,
		identity=("mentor_name",),
		statistic=("get_together", "get_together_title", "mentor", "programme", "came"),
	),
	"Peer Post": Kept(
		of=(MENTOR,),
		why="Volunteers supporting each other",
		period=MENTOR_PERIOD,
		basis=LEGITIMATE,
		identity=("shown_name",),
		free_text=("text",),
		statistic=(
			"status",
			"programme",
			"written_on",
			"mentor",
			"reply_to",
			"held_for",
			"held_on",
			"reported_by",
			"reported_on",
			"reminded_on",
			"checked_by",
			"checked_on",
			"edits",
			"withdrawn",
		),
		# Who asked for a second look is nobody's but the coordinator's to know.
		withheld={MENTOR: ("reported_by",)},
	),
	"Mentor Expense": Kept(
		of=(MENTOR,),
		why="Paying back what was spent",
		period=MENTOR_PERIOD,
		basis=AGREEMENT,
		identity=("mentor_name", "receipt"),
		free_text=("purpose", "note_to_mentor"),
		statistic=(
			"status",
			"mentor",
			"programme",
			"amount",
			"currency",
			"kind",
			"spent_on",
			"sent_on",
			"decided_by",
			"decided_on",
			"payment_batch",
			"paid_on",
			"payment_reference",
			"reminded_on",
			"client_key",
		),
	),
	"Mentor Reference": Kept(
		of=(MENTOR,),
		why="What people who know a candidate say",
		period=MENTOR_PERIOD,
		basis=SCREENING,
		identity=("candidate_name", "referee_name", "relation", "referee_email", "referee_phone", "token_hash", "name_typed"),
		free_text=("known_as_words", "example", "to_talk_about", "decision_note", "conclusion_note"),
		statistic=(
			"mentor",
			"status",
			"asked_on",
			"asked_by",
			"last_mail_on",
			"link_expires_on",
			"chased",
			"handed_over_on",
			"received_on",
			"received_how",
			"received_by",
			"form_version",
			"known_for",
			"known_as",
			"trust",
			"declared_true",
			"decided_by",
			"decided_on",
		),
		removed_rows=("qualities",),
		# It names somebody else, who has spoken in confidence, and counts for nothing once the mentor has gone.
		delete=True,
		withheld={
			MENTOR: (
				"referee_name",
				"relation",
				"referee_email",
				"referee_phone",
				"known_for",
				"known_as",
				"known_as_words",
				"qualities",
				"trust",
				"example",
				"to_talk_about",
				"name_typed",
				"decision_note",
				"conclusion_note",
			)
		},
	),
	"Mentor Interview": Kept(
		of=(MENTOR,),
		why="Getting to know a candidate",
		period=MENTOR_PERIOD,
		basis=SCREENING,
		# As the outcome of a record check: it counts for nothing once the person has gone.
		identity=("candidate_name", "place", "outcome"),
		free_text=("outcome_note",),
		statistic=(
			"mentor",
			"status",
			"guide",
			"guide_version",
			"held_on",
			"medium",
			"invited_on",
			"invited_for",
			"interviewer_1",
			"interviewer_2",
			"decided_by",
			"decided_on",
		),
	),
	"Interview Scorecard": Kept(
		of=(MENTOR,),
		why="What an interviewer has seen and heard",
		period=MENTOR_PERIOD,
		basis=SCREENING,
		identity=("candidate_name", "recommendation"),
		free_text=("story", "story_done", "reasons", "notes"),
		statistic=("interview", "mentor", "interviewer", "status", "submitted_on", "guide", "guide_version"),
		removed_rows=("scores", "signs"),
	),
	# Its rows name who was planned with whom; they go with either of the two, figures stay until the run goes.
	"Match Run": Kept(
		of=PERSONS,
		why="Matching everybody who waits at once",
		period=RUN_PERIOD,
		basis=LEGITIMATE,
		statistic=(
			"programme",
			"status",
			"previous_run",
			"made_on",
			"made_by",
			"decided_on",
			"decided_by",
			"waiting",
			"available",
			"places",
			"possible",
			"planned",
			"total_score",
			"fingerprint",
			"weights",
		),
		removed_rows=("pairs", "unplaced", "choices"),
	),
	"Mentor Shortlist": Kept(
		of=PERSONS,
		why="Letting a person choose a mentor",
		period=NOTES_PERIOD,
		free_text=("present", "wish"),
		statistic=(
			"mentee",
			"programme",
			"status",
			"shown_from",
			"chosen_on",
			"recorded_by",
			"nobody",
			"mentoring_match",
			"reminded_on",
		),
		removed_rows=("cards",),
		# A mentor's own card goes with the rows that name them; the others are the mentee's.
		others={MENTOR: ("present", "wish", "cards")},
	),
	# In confidence: it goes whole with the person; after the period all but a "rather not", which still binds.
	"Matching Preference": Kept(
		of=PERSONS,
		why="What a person said after a matching session; with whom rather not, which binds as long as both are known",
		period=NOTES_PERIOD,
		statistic=("session", "programme", "person_kind", "mentor", "mentee", "nobody", "entered_by", "entered_on"),
		removed_rows=("choices",),
		delete=True,
	),
}


@dataclass(frozen=True)
class NotOfThem:
	"""A DocType that holds nothing about mentors or mentees: of staff and partners at most."""

	why: str
	basis: str
	until: str


_AS_LONG = "as long as the programme runs"
OTHERS: dict[str, NotOfThem] = {
	"Mentoring Programme": NotOfThem("Rules of a programme, and its staff", LEGITIMATE, _AS_LONG),
	"Partner Organisation": NotOfThem("Partners and whom to call there", LEGITIMATE, "as long as they are"),
	"Mentoring Settings": NotOfThem("Rules of the organisation", LEGITIMATE, _AS_LONG),
	"Policy Document": NotOfThem("Texts that people agree to", ACCOUNTABILITY, "as long as a consent names it"),
	"Mentoring Language": NotOfThem("Word list", LEGITIMATE, _AS_LONG),
	"Mentoring Support Area": NotOfThem("Word list", LEGITIMATE, _AS_LONG),
	"Mentoring Interest": NotOfThem("Word list", LEGITIMATE, _AS_LONG),
	# An alias or a number, kept so that an erasure can be done again after a backup was restored.
	"Self-care Resource": NotOfThem("Tips that all mentors read", LEGITIMATE, _AS_LONG),
	"Mentor Get-together": NotOfThem("Where and when mentors meet each other", LEGITIMATE, _AS_LONG),
	"Mentor Expense Batch": NotOfThem("Payment lists; they name nobody", ACCOUNTABILITY, "as long as accounts are kept"),
	"Erasure Request": NotOfThem("Proof of an erasure; names nobody", ACCOUNTABILITY, "as long as backups last"),
	# Members are matches; a mentor's row in it goes when the mentor is erased.
	"Mentoring Group": NotOfThem("Who meets together, and where at first", LEGITIMATE, _AS_LONG),
	"Training Module": NotOfThem("What mentors are trained in", LEGITIMATE, _AS_LONG),
	"Training Session": NotOfThem("When and by whom mentors are trained", LEGITIMATE, _AS_LONG),
	"Matching Session": NotOfThem("When a group meets; who comes goes with each person", LEGITIMATE, _AS_LONG),
	"Interview Guide": NotOfThem("What is asked in an interview", LEGITIMATE, "as long as a scorecard names it"),
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
