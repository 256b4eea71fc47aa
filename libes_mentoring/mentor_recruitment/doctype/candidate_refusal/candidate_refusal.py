from libes_mentoring.access.quiet_document import QuietDocument


class CandidateRefusal(QuietDocument):
	pass
