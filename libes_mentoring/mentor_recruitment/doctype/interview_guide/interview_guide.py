from frappe.model.document import Document

from libes_mentoring.mentor_recruitment import interview_guides


class InterviewGuide(Document):
	"""One version of what is asked in an interview and how it is marked."""

	def validate(self):
		interview_guides.check(self)
