from libes_mentoring.access.quiet_document import QuietDocument


class TrainingAcknowledgement(QuietDocument):
	"""One mentor has read one version of a material."""
