from libes_mentoring.access.quiet_document import QuietDocument


class TrainingAttendance(QuietDocument):
	"""One mentor on the list of one session."""
