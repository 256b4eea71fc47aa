"""The stages of a match and the moves between them. Pure.

Source: handbook, "The mentoring relationship lifecycle".
"""

CONTEMPLATION = "Contemplation"
INITIATION = "Initiation"
GROWTH = "Growth and maintenance"
CLOSURE = "Closure"
CLOSED = "Closed"

STAGES = (CONTEMPLATION, INITIATION, GROWTH, CLOSURE, CLOSED)
# A place with the mentor is taken from the first to the last of these.
RUNNING = (CONTEMPLATION, INITIATION, GROWTH, CLOSURE)
# A volunteer sees a match from the day it is agreed to the day it is closed.
VISIBLE_TO_MENTOR = (INITIATION, GROWTH, CLOSURE)
FIRST_STAGES = (CONTEMPLATION, INITIATION)

MOVES = {
	CONTEMPLATION: (INITIATION, CLOSURE),
	INITIATION: (GROWTH, CLOSURE),
	GROWTH: (CLOSURE,),
	# Back where it came from, if the closure is called off.
	CLOSURE: (CLOSED, CONTEMPLATION, INITIATION, GROWTH),
	CLOSED: (),
}


def may_move(before: str, after: str) -> bool:
	"""Whether a match may go from one stage to the other. A closed match stays closed."""
	return before == after or after in MOVES[before]
