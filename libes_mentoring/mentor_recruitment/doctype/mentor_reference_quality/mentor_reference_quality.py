from libes_mentoring.access.quiet_document import QuietDocument


class MentorReferenceQuality(QuietDocument):
	"""One quality, as a referee has seen it."""
