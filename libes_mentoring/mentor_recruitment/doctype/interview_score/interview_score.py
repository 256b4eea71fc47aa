from libes_mentoring.access.quiet_document import QuietDocument


class InterviewScore(QuietDocument):
	"""One quality and its mark."""
