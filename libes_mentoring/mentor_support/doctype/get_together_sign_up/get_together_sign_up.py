from libes_mentoring.access.quiet_document import QuietDocument


class GettogetherSignup(QuietDocument):
	"""A mentor has said that they will come. Made and taken back on the portal."""
