"""The volunteers' page among themselves: get-togethers and the board."""

from frappe import _

from libes_mentoring.mentor_support.board import NAME_LENGTH, TEXT_LENGTH
from libes_mentoring.portal import matches, peers
from libes_mentoring.portal.page import volunteer_page

no_cache = 1


def get_context(context):
	if not volunteer_page(context, "/mentoring/peers", _("Other volunteers")):
		return
	context.member = peers.is_member()
	context.coordinator = matches.my_coordinator()
	if not context.member:
		return
	context.update(
		{
			"get_togethers": peers.my_get_togethers(),
			"posts": peers.my_board(),
			"first_name": peers.own_first_name(),
			"text_length": TEXT_LENGTH,
			"name_length": NAME_LENGTH,
		}
	)
