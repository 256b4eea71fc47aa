from libes_mentoring.access.quiet_document import QuietDocument


class MentorWellbeingNote(QuietDocument):
	"""How a mentor is: signs of strain, and the talk about them. Written by `wellbeing` only."""
