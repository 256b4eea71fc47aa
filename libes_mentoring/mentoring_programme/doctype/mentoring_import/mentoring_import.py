import frappe

from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.spreadsheets import applying, site_words


class MentoringImport(QuietDocument):
	"""A spreadsheet on its way in. Its rows say what would become, or has become, of each of the sheet's."""

	def validate(self):
		if not self.flags.by_procedure and self.checked_something_else():
			self.update({"status": "Draft", "summary": "", "rows": []})

	def on_update(self):
		site_words.adopt_upload(self)

	def checked_something_else(self) -> bool:
		return any(self.has_value_changed(field) for field in ("workbook", "programme", "caregiver"))


@frappe.whitelist(methods=["POST"])
def check(name: str) -> dict:
	"""The verdict on each row; writes nothing but the verdicts. For the import's owner."""
	return applying.check(name)


@frappe.whitelist(methods=["POST"])
def apply(name: str) -> dict:
	"""Imports what is new. For the import's owner, with a role that may import into the programme."""
	return applying.apply(name)
