from libes_mentoring.access.quiet_document import QuietDocument


class InterviewScorecardSign(QuietDocument):
	"""A sign of expectations that are too high, noticed or not."""
