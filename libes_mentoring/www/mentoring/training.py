"""The volunteers' page for training: invitations, the code, what to read, what is done."""

from frappe import _

from libes_mentoring.portal import matches, training, training_materials
from libes_mentoring.portal.page import volunteer_page

no_cache = 1


def get_context(context):
	if not volunteer_page(context, "/mentoring/training", _("My training")):
		return
	context.update(
		{
			"training": training.my_training(),
			"reading": training_materials.my_materials(),
			"coordinator": matches.my_coordinator(),
		}
	)
