"""What Frappe calls, and where it finds it. Hooks name methods; they hold no logic."""

from libes_mentoring.access.framework_doors import OVERRIDES
from libes_mentoring.access.pointer_fields import POINTERS, pointer_hook_name
from libes_mentoring.access.policy import CHILD_TABLES, GUARDED_DOCTYPES, POLICY, list_hook_name
from libes_mentoring.mentor_recruitment.screening_board_doors import BOARD_OVERRIDES

app_name = "libes_mentoring"
app_title = "Mentoring"
app_publisher = "The libes_mentoring contributors"
app_description = "Mentoring programmes for people finding their feet again"
app_email = "maintainers@example.org"
app_license = "MIT"
required_apps = []

after_install = "libes_mentoring.setup.install.after_install"
after_migrate = ["libes_mentoring.setup.install.after_migrate"]
before_uninstall = "libes_mentoring.setup.uninstall.before_uninstall"

fixtures = [{"dt": "Role", "filters": [["name", "like", "Mentoring %"]]}]

# One criterion feeds both hooks, so that a list and a form cannot disagree (access/).
permission_query_conditions = {
	doctype: f"libes_mentoring.access.hooks.{list_hook_name(doctype)}" for doctype in GUARDED_DOCTYPES
}
has_permission = {doctype: "libes_mentoring.access.hooks.has_permission" for doctype in GUARDED_DOCTYPES}

# Whoever is shown a case file is noted: the same two hooks, and a line in the access log.
permission_query_conditions["Mentee Case File"] = "libes_mentoring.mentoring_privacy.access_log.list_condition"
has_permission["Mentee Case File"] = "libes_mentoring.mentoring_privacy.access_log.has_permission"

# Rows of the framework that point at our records: comments, tags, files, logs.
permission_query_conditions.update(
	{doctype: f"libes_mentoring.access.pointers.{pointer_hook_name(doctype)}" for doctype in POINTERS}
)
has_permission.update({doctype: "libes_mentoring.access.pointers.has_permission" for doctype in POINTERS})
has_permission["File"] = "libes_mentoring.access.files.has_permission"
permission_query_conditions["User"] = "libes_mentoring.access.people.list_condition"
has_permission["User"] = "libes_mentoring.access.people.has_permission"
auth_hooks = [
	"libes_mentoring.access.files.guard_download",
	# Only what the guard has let through is noted.
	"libes_mentoring.mentoring_privacy.access_log.note_download",
	"libes_mentoring.access.asked_fields.refuse_hidden",
	"libes_mentoring.access.asked_records.refuse_hidden",
]

# Lines of the log hold no record back from being erased.
ignore_links_on_delete = ["Case File Access", "Case File Opening"]

doc_events = {
	tuple(POLICY): {"before_validate": "libes_mentoring.access.guarded_fields.keep_read_only"},
	tuple(CHILD_TABLES): {"before_validate": "libes_mentoring.access.guarded_fields.refuse_row_alone"},
	(
		"Interview Guide Question",
		"Interview Guide Quality",
		"Interview Guide Sign",
		"Policy Text",
		"Record Check Rule",
	): {
		"before_validate": "libes_mentoring.access.guarded_fields.refuse_row_alone"
	},
	GUARDED_DOCTYPES: {
		"validate": "libes_mentoring.access.links.check_targets",
		"before_rename": "libes_mentoring.access.renames.refuse",
		"after_rename": "libes_mentoring.access.renames.refuse",
	},
	"*": {"validate": "libes_mentoring.access.files.check_attachment_fields"},
	"Error Log": {"before_insert": "libes_mentoring.failures.keep_values_out"},
	"File": {"before_validate": "libes_mentoring.access.files.check_entry"},
	"Comment": {"validate": "libes_mentoring.access.remarks.check_comment"},
	"Communication": {"validate": "libes_mentoring.access.remarks.check_communication"},
	"ToDo": {"validate": "libes_mentoring.access.remarks.check_task"},
	"Tag Link": {"validate": "libes_mentoring.access.remarks.refuse_tag"},
	"Document Follow": {"validate": "libes_mentoring.access.remarks.refuse_follow"},
	"Report": {"validate": "libes_mentoring.access.asked_fields.check_report"},
	"DocShare": {"validate": "libes_mentoring.access.hooks.refuse_share"},
	"Mentee Consent": {
		"on_update": [
			"libes_mentoring.mentoring_relationship.consent_effects.after_change",
			"libes_mentoring.mentoring_relationship.waiting.after_consent_change",
		]
	},
	"Mentor": {
		"validate": [
			"libes_mentoring.mentoring_privacy.retention.note_leaving",
			"libes_mentoring.mentor_support.pausing.keep_dates",
			"libes_mentoring.mentoring_relationship.waiting.keep",
		],
		"on_update": [
			"libes_mentoring.mentoring_relationship.leaving.after_mentor_change",
			"libes_mentoring.mentor_recruitment.record_check_reviews.after_mentor_change",
			"libes_mentoring.mentor_support.pausing.after_change",
		],
	},
	"Mentoring Programme": {
		"validate": [
			"libes_mentoring.mentor_recruitment.training_modules.fill_programme",
			"libes_mentoring.mentor_recruitment.training_modules.check_programme",
		],
		"on_update": [
			"libes_mentoring.mentor_recruitment.screening_board.after_programme_change",
			"libes_mentoring.mentor_recruitment.training_gate.programme_changed",
		],
	},
	"Mentee": {
		"validate": [
			"libes_mentoring.mentoring_relationship.leaving.check_mentee",
			"libes_mentoring.mentoring_privacy.retention.note_leaving",
			"libes_mentoring.mentoring_relationship.waiting.keep",
			"libes_mentoring.mentoring_relationship.boundaries.check",
		]
	},
}

# The framework's own functions that would answer past both hooks, or move people on the board past the rules.
override_whitelisted_methods = {**OVERRIDES, **BOARD_OVERRIDES}
before_request = ["libes_mentoring.access.request_guard.refuse_questions_for_names"]
after_request = ["libes_mentoring.portal.caching.no_store"]

scheduler_events = {
	"hourly": ["libes_mentoring.mentoring_relationship.concern_reminders.hourly"],
	"daily": [
		"libes_mentoring.mentoring_relationship.reminders.daily",
		"libes_mentoring.mentoring_relationship.paper_reminders.daily",
		"libes_mentoring.mentor_recruitment.training_reminders.daily",
		"libes_mentoring.mentor_recruitment.refusals.daily",
		"libes_mentoring.mentor_support.daily.daily",
		"libes_mentoring.mentor_matching.choice_reminders.daily",
	],
	"daily_long": [
		"libes_mentoring.mentoring_privacy.retention.daily",
		"libes_mentoring.mentoring_relationship.screening_reminders.daily",
	],
}

jinja = {
	"methods": [
		"libes_mentoring.mentoring_relationship.papers.agreement_facts",
		"libes_mentoring.mentoring_relationship.papers.certificate_facts",
		"libes_mentoring.mentoring_relationship.papers.reference_letter_facts",
		"libes_mentoring.mentor_recruitment.agreement_content.volunteer_agreement_facts",
		"libes_mentoring.mentoring_programme.policy_paper.policy_paper_facts",
		"libes_mentoring.mentoring_programme.role_description.role_description_facts",
		"libes_mentoring.mentor_recruitment.training_papers.training_certificate_facts",
		"libes_mentoring.mentor_recruitment.training_papers.attendance_sheet_facts",
		"libes_mentoring.mentor_recruitment.letters.letter_facts",
		"libes_mentoring.mentor_matching.choosing.mentor_cards_facts",
		"libes_mentoring.mentor_matching.sessions.session_sheet_facts",
		"libes_mentoring.mentoring_relationship.first_meeting_sheets.first_meeting_mentor_facts",
		"libes_mentoring.mentoring_relationship.first_meeting_sheets.first_meeting_mentee_facts",
	]
}
