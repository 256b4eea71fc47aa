from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_privacy import erasure


class ErasureRequest(QuietDocument):
	"""That somebody was erased, when, and what became of which records. It names nobody, and it is kept."""

	def validate(self):
		erasure.check(self)

	def on_trash(self):
		erasure.refuse_deletion(self)
