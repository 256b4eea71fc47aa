from libes_mentoring.access.quiet_document import QuietDocument
from libes_mentoring.mentoring_relationship import (
	closing,
	first_meeting,
	first_meeting_agreed,
	meeting_watch,
	moving,
	opening,
	waiting,
)


class Match(QuietDocument):
	"""One mentor with one mentee, from the decision to its closure."""

	def before_insert(self):
		opening.prepare(self)
		opening.check(self)

	def validate(self):
		moving.check(self)
		moving.log(self)
		closing.stamp_steps(self.checklist)
		first_meeting.check_plan(self)
		first_meeting_agreed.check_agreed(self)
		meeting_watch.keep(self)

	def after_insert(self):
		opening.complete(self)

	def on_update(self):
		first_meeting.after_plan_change(self)
		waiting.after_match_change(self)
