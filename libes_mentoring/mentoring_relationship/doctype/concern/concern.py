from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_relationship import concerns


class Concern(QuietDocument):
	"""Something that worries a volunteer or staff; read by its recipients only, never deleted."""

	def before_insert(self):
		concerns.prepare(self)

	def validate(self):
		concerns.check(self)

	def on_update(self):
		concerns.tell_new_recipients(self)

	def on_trash(self):
		concerns.refuse_deletion()
