from frappe.model.document import Document

from libes_mentoring.mentor_recruitment import record_check


class MentoringSettings(Document):
	def validate(self):
		record_check.check_settings(self)
