from libes_mentoring.access.quiet_document import QuietDocument


class PeerPost(QuietDocument):
	"""A post on the volunteers' board. Written by `board` only."""
