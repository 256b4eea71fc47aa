"""What the app adds to a site besides its DocTypes. `uninstall` takes the same away again."""

from libes_mentoring.mentoring_programme import policy_presets
from libes_mentoring.setup import defaults


def after_install() -> None:
	defaults.create_word_lists()
	defaults.create_genders()
	defaults.create_care_resources()
	defaults.create_settings()
	defaults.create_record_check_rule()
	defaults.create_screening_board()
	policy_presets.create_drafts()
	defaults.create_training_modules()
	defaults.create_interview_guide()


def after_migrate() -> None:
	"""Adds words that a newer version knows; what the organisation changed stays."""
	defaults.create_word_lists()
	defaults.create_genders()
	defaults.create_record_check_rule()
	defaults.create_screening_board()
	defaults.create_training_modules()
	defaults.create_care_resources()
	defaults.create_interview_guide()
