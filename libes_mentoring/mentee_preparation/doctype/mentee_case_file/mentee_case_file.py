import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentee_preparation import preparation, readiness
from libes_mentoring.mentee_preparation.readiness import JUDGEMENT
from libes_mentoring.mentoring_privacy import access_log, break_glass


class MenteeCaseFile(QuietDocument):
	"""Identity, contact data, the past and the caregiver's judgement: apart from everything else."""

	def has_permission(self, permtype="read", **kwargs) -> bool:
		"""As everywhere, and noted also for the Administrator, of whom Frappe asks no hook."""
		granted = super().has_permission(permtype, **kwargs)
		if granted and not self.flags.ignore_permissions:
			access_log.note_document(self, permtype, kwargs.get("user"))
		return granted

	def onload(self):
		access_log.note_document(self)
		self.set_onload("open_until", break_glass.open_until(self.mentee, frappe.session.user))

	def before_print(self, _settings=None):
		# Frappe prints for whoever may read; who opened the file for a reason may read it and no more.
		self.check_permission("print")

	def validate(self):
		preparation.check_case_reference(self)
		self.note_judgement()
		readiness.mark_change(self.mentee)
		for field in ("birth_date", "judged_on"):
			if self.get(field) and getdate(self.get(field)) > getdate():
				frappe.throw(_("{0} cannot lie in the future.").format(_(self.meta.get_label(field))))

	def note_judgement(self):
		if any(self.get(field) and self.has_value_changed(field) for field in JUDGEMENT):
			self.judged_on = self.judged_on or nowdate()
			self.judged_by = frappe.session.user
