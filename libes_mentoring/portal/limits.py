"""How often one address may ask for something, in words that a person understands."""

from collections.abc import Callable
from functools import wraps

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit


def limited(limit: int, seconds: int) -> Callable:
	"""The framework's limit by the address of the request, refused with TooManyRequestsError (429) in plain words."""

	def decorate(function: Callable) -> Callable:
		# Only the counter is wrapped: a refusal by the function itself keeps its own words.
		count = rate_limit(limit=limit, seconds=seconds)(lambda: None)

		@wraps(function)
		def wrapper(*args, **kwargs):
			try:
				count()
			# RateLimitExceededError is one of these; early releases of Frappe 15 raise it without a kind of its own.
			except frappe.ValidationError:
				frappe.clear_messages()
				frappe.flags.disable_traceback = True
				frappe.throw(
					_(
						"Too much has been sent from your connection. Nothing was stored. Please try again in an hour."
					),
					frappe.TooManyRequestsError,
				)
			return function(*args, **kwargs)

		return wrapper

	return decorate
