"""Who may see which rows: the one place. A DocType or role that is not named here sees nothing.

DocPerm says what a role may do at all; this table says to which rows. A rule is a field of the DocType and
the query of the values that are the user's own; `EVERY_ROW` stands alone. The rules of all roles a user has
add up.

Mentoring Volunteer is in no row of this table, and has no DocPerm: what volunteers see comes through
`portal/` only.
"""

from dataclasses import dataclass

from libes_mentoring.access.roles import COORDINATOR, MANAGER, PARTNER, PRIVACY_OFFICER, SOCIAL_WORKER


@dataclass(frozen=True)
class Rule:
	"""`field` must hold one of the values that `scope` (a function in access/scopes.py) gives for the user.

	An empty `scope` means that the field must hold the user's own name. `ptypes`, where given, are all that the
	rule grants on a single record; a rule without them grants what DocPerm does. What stands in `also` must hold
	as well.
	"""

	field: str
	scope: str = ""
	ptypes: tuple[str, ...] = ()
	also: tuple["Rule", ...] = ()

	def grants(self, ptype: str | None) -> bool:
		"""Whether the rule speaks for this kind of permission; asked about none in particular, it is reading."""
		return not self.ptypes or (ptype or "read") in self.ptypes


EVERY_ROW = Rule(field="")
TO_READ_ONLY = ("read", "select")
TO_READ_AND_PRINT = (*TO_READ_ONLY, "print")

POLICY: dict[str, dict[str, tuple[Rule, ...]]] = {
	"Mentoring Programme": {
		MANAGER: (EVERY_ROW,),
		COORDINATOR: (Rule("name", "coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("name", "caseload_programmes"),),
	},
	"Partner Organisation": {
		MANAGER: (EVERY_ROW,),
		COORDINATOR: (EVERY_ROW,),
		PARTNER: (Rule("name", "own_organisations"),),
	},
	# Who brought it in, and coordinates the programme still: the spreadsheet names everybody who takes part.
	"Mentoring Import": {
		MANAGER: (Rule("owner"),),
		COORDINATOR: (Rule("owner", also=(Rule("programme", "coordinated_programmes"),)),),
	},
	"Mentor": {
		COORDINATOR: (Rule("programme", "coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("name", "mentors_of_caseload"),),
	},
	"Mentee": {
		COORDINATOR: (Rule("programme", "coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("caregiver"),),
	},
	"Mentee Case File": {
		SOCIAL_WORKER: (Rule("mentee", "caseload"),),
		# Break-glass: for a stated reason, until its time is over.
		COORDINATOR: (Rule("mentee", "opened_case_files", TO_READ_ONLY),),
	},
	"Case File Access": {
		PRIVACY_OFFICER: (EVERY_ROW,),
		SOCIAL_WORKER: (Rule("mentee", "caseload"),),
	},
	"Case File Opening": {
		PRIVACY_OFFICER: (EVERY_ROW,),
		SOCIAL_WORKER: (Rule("mentee", "caseload"),),
	},
	"Mentee Consent": {
		COORDINATOR: (Rule("mentee", "mentees_of_coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("mentee", "caseload"),),
	},
	"Match": {
		COORDINATOR: (Rule("mentee", "mentees_of_coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("mentee", "caseload"),),
	},
	# What the members of a group share; caregivers see the groups of their own mentees.
	"Mentoring Group": {
		COORDINATOR: (Rule("programme", "coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("name", "groups_of_caseload"),),
	},
	"CheckIn": {
		COORDINATOR: (Rule("mentoring_match", "matches_of_coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("mentoring_match", "matches_of_caseload"),),
	},
	"Meeting Log": {
		COORDINATOR: (Rule("mentoring_match", "matches_of_coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("mentoring_match", "matches_of_caseload"),),
	},
	"Match Disclosure": {
		COORDINATOR: (Rule("mentoring_match", "matches_of_coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("mentoring_match", "matches_of_caseload"),),
	},
	"Closure": {
		COORDINATOR: (Rule("mentoring_match", "matches_of_coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("mentoring_match", "matches_of_caseload"),),
	},
	# Its named recipients and nobody else, whatever programme or caseload it belongs to.
	"Concern": {
		MANAGER: (Rule("name", "received_concerns"),),
		COORDINATOR: (Rule("name", "received_concerns"),),
		SOCIAL_WORKER: (Rule("name", "received_concerns"),),
	},
	# It names nobody: an alias, what was done and when.
	"Erasure Request": {PRIVACY_OFFICER: (EVERY_ROW,)},
	# Asked for by a coordinator; managers decide on what stands in it, and read no mentors.
	"Screening Waiver": {
		MANAGER: (EVERY_ROW,),
		COORDINATOR: (Rule("mentor", "mentors_of_coordinated_programmes"),),
	},
	# The programme's coordinators choose who decides; who decides reads it, and managers once the two differ.
	"Record Check Review": {
		COORDINATOR: (
			Rule("mentor", "mentors_of_coordinated_programmes"),
			Rule("name", "reviews_to_decide", TO_READ_ONLY),
		),
		SOCIAL_WORKER: (Rule("name", "reviews_to_decide", TO_READ_ONLY),),
		MANAGER: (
			Rule("name", "reviews_to_decide", TO_READ_ONLY),
			Rule("name", "reviews_in_disagreement", TO_READ_ONLY),
		),
	},
	"Policy Acknowledgement": {
		COORDINATOR: (Rule("mentor", "mentors_of_coordinated_programmes"),),
	},
	"Policy Request": {
		COORDINATOR: (Rule("mentor", "mentors_of_coordinated_programmes"),),
	},
	"Volunteer Agreement": {
		COORDINATOR: (Rule("mentor", "mentors_of_coordinated_programmes"),),
	},
	# Nothing about a person; guarded all the same, so that files at it are private.
	"Training Module": {
		MANAGER: (EVERY_ROW,),
		COORDINATOR: (EVERY_ROW,),
		SOCIAL_WORKER: (EVERY_ROW,),
	},
	"Training Session": {
		COORDINATOR: (Rule("programme", "coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("trainer"),),
	},
	"Training Attendance": {
		COORDINATOR: (Rule("mentor", "mentors_of_coordinated_programmes"),),
	},
	"Training Acknowledgement": {
		COORDINATOR: (Rule("mentor", "mentors_of_coordinated_programmes"),),
	},
	# Why somebody was turned down stands apart from the mentor's record, which caregivers of a match read.
	"Candidate Refusal": {
		MANAGER: (EVERY_ROW,),
		COORDINATOR: (Rule("programme", "coordinated_programmes"),),
	},
	# How a mentor is: a matter for the coordinator alone.
	"Mentor Wellbeing Note": {COORDINATOR: (Rule("programme", "coordinated_programmes"),)},
	"Mentor Get-together": {
		MANAGER: (EVERY_ROW,),
		# Those for all programmes belong to whoever organises them.
		COORDINATOR: (Rule("programme", "coordinated_programmes"), Rule("organiser")),
	},
	"Get-together Sign-up": {
		COORDINATOR: (Rule("programme", "coordinated_programmes"),),
	},
	"Peer Post": {COORDINATOR: (Rule("programme", "coordinated_programmes"),)},
	# Managers decide on large amounts, and pay.
	"Mentor Expense": {
		MANAGER: (EVERY_ROW,),
		COORDINATOR: (Rule("programme", "coordinated_programmes"),),
	},
	"Mentor Expense Batch": {
		MANAGER: (EVERY_ROW,),
		COORDINATOR: (Rule("programme", "coordinated_programmes"),),
	},
	# The referee's words are for who decides, and who reads the mentor; managers see figures only.
	"Mentor Reference": {
		COORDINATOR: (Rule("mentor", "mentors_of_coordinated_programmes"),),
		SOCIAL_WORKER: (Rule("mentor", "mentors_of_caseload", TO_READ_ONLY),),
	},
	"Mentor Interview": {
		COORDINATOR: (
			Rule("mentor", "mentors_of_coordinated_programmes"),
			Rule("name", "interviews_to_hold", TO_READ_ONLY),
		),
		SOCIAL_WORKER: (Rule("name", "interviews_to_hold", TO_READ_ONLY),),
	},
	# One's own; another's once it is submitted and one has none of that interview open.
	"Interview Scorecard": {
		COORDINATOR: (
			Rule("interviewer"),
			Rule("name", "scorecards_of_coordinated_programmes", TO_READ_AND_PRINT),
			Rule("name", "scorecards_beside_own", TO_READ_AND_PRINT),
		),
		SOCIAL_WORKER: (
			Rule("interviewer"),
			Rule("name", "scorecards_beside_own", TO_READ_AND_PRINT),
		),
	},
	# Everybody who waits, side by side: for those who match them alone.
	"Match Run": {COORDINATOR: (Rule("programme", "coordinated_programmes"),)},
}

# Frappe lists the rows of a child table to whoever may read *some* parent, so a child table needs the
# criterion of its parents as much as they do.
CHILD_TABLES: dict[str, tuple[str, ...]] = {
	"Partner Organisation Member": ("Partner Organisation",),
	"Mentoring Programme Staff": ("Mentoring Programme",),
	"Mentoring Programme Step": ("Mentoring Programme",),
	"Mentoring Import Row": ("Mentoring Import",),
	"Mentor Screening Step": ("Mentor",),
	"Mentee Excluded Mentor": ("Mentee",),
	"Mentoring Language Skill": ("Mentor", "Mentee"),
	"Mentoring Support Area Item": ("Mentor", "Mentee"),
	"Mentoring Interest Item": ("Mentor", "Mentee"),
	"Match Wish": ("Mentor", "Mentee"),
	"Mentee Boundary": ("Mentee",),
	"Mentee Induction Topic": ("Mentee",),
	"Match Checklist Item": ("Match",),
	"Match Goal": ("Match",),
	"Mentoring Group Mentor": ("Mentoring Group",),
	"Programme Meeting Place": ("Mentoring Programme",),
	"Match Stage Entry": ("Match",),
	"Closure Step": ("Closure",),
	"Erasure Request Item": ("Erasure Request",),
	"Concern Recipient": ("Concern",),
	"Concern Step": ("Concern",),
	"Volunteer Agreement Commitment": ("Volunteer Agreement",),
	"Mentoring Programme Training": ("Mentoring Programme",),
	"Training Material": ("Training Module",),
	"Training Session Module": ("Training Session",),
	"Mentor Motivation": ("Mentor",),
	"Mentoring Availability Slot": ("Mentor", "Mentee"),
	"Mentor Wellbeing Answer": ("Mentor Wellbeing Note",),
	"Mentoring Programme Currency": ("Mentoring Programme",),
	"Mentor Reference Quality": ("Mentor Reference",),
	"Interview Score": ("Interview Scorecard",),
	"Interview Scorecard Sign": ("Interview Scorecard",),
	"Match Run Choice": ("Match Run",),
	"Match Run Pair": ("Match Run",),
	"Match Run Unplaced": ("Match Run",),
	"Mentor Organisation Tie": ("Mentor",),
	"Mentee Organisation Conflict": ("Mentee",),
	"Match Criterion Weight": ("Mentoring Programme",),
	"Programme District Distance": ("Mentoring Programme",),
	"Programme Kind Preference": ("Mentoring Programme",),
}

# Word lists and settings hold nothing about a person: DocPerm alone decides.
OPEN_DOCTYPES = (
	"Mentoring Language",
	"Mentoring Support Area",
	"Mentoring Interest",
	"Mentoring Settings",
	# Texts that are made to be read by everybody who takes part.
	"Policy Document",
	"Policy Text",
	# Part of the settings.
	"Record Check Rule",
	"Self-care Resource",
	# What is asked of everybody.
	"Interview Guide",
	"Interview Guide Question",
	"Interview Guide Quality",
	"Interview Guide Sign",
)

GUARDED_DOCTYPES = (*POLICY, *CHILD_TABLES)


def list_hook_name(doctype: str) -> str:
	"""The name of the DocType's list hook in access/hooks.py."""
	return f"list_{doctype.replace(' ', '_').lower()}"
