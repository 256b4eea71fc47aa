from libes_mentoring.access.quiet_document import QuietDocument


class InterviewGuideSign(QuietDocument):
	"""A sign of expectations that the programme cannot meet, and what to talk about then."""
