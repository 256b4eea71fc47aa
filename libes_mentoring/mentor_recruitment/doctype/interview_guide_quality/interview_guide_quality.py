from libes_mentoring.access.quiet_document import QuietDocument


class InterviewGuideQuality(QuietDocument):
	"""A quality to be observed, with what each mark of the scale means."""
