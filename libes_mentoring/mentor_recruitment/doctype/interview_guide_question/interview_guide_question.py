from libes_mentoring.access.quiet_document import QuietDocument


class InterviewGuideQuestion(QuietDocument):
	"""A question of the interview, under its topic."""
