"""What the app adds to a site besides its DocTypes. `uninstall` takes the same away again."""

from libes_mentoring.setup import defaults


def after_install() -> None:
	defaults.create_word_lists()
	defaults.create_genders()
	defaults.create_care_resources()
	defaults.create_settings()


def after_migrate() -> None:
	"""Adds words that a newer version knows; what the organisation changed stays."""
	defaults.create_word_lists()
	defaults.create_genders()
	defaults.create_care_resources()
