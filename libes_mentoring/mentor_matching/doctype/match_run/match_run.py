from libes_mentoring.access.quiet_document import QuietDocument


class MatchRun(QuietDocument):
	"""One look at everybody who waits: the pairs that it proposes, and what was decided on them."""
