"""How often one address, and all addresses together, may ask for something, in words that a person understands.

The address is what the request says: a proxy before the site must overwrite X-Forwarded-For, or a caller chooses it.
"""

from collections.abc import Callable
from functools import wraps

import frappe
from frappe import _


def limited(limit: int, seconds: int) -> Callable:
	"""At most `limit` calls of the function from one address in `seconds`; then TooManyRequestsError (429).

	Each function has a counter of its own: the framework's is named by the command of the request, of which a page
	and the newer API have none.
	"""

	def decorate(function: Callable) -> Callable:
		@wraps(function)
		def wrapper(*args, **kwargs):
			address = getattr(frappe.local, "request_ip", None)
			# Without a request nobody asks from outside.
			if address and _is_over(
				f"{function.__module__}.{function.__qualname__}:{address}", limit, seconds
			):
				_refuse(
					_(
						"Too much has been sent from your connection. Nothing was stored. Please try again in an hour."
					)
				)
			return function(*args, **kwargs)

		return wrapper

	return decorate


def limit_of_the_site(what: str, limit: int, seconds: int) -> None:
	"""Counts one of at most `limit` on the whole site in `seconds`, from whatever address; then as `limited`."""
	if _is_over(f"{what}:site", limit, seconds):
		_refuse(_("Very much arrives at the moment. Nothing was stored. Please try again in an hour."))


def _is_over(what: str, limit: int, seconds: int) -> bool:
	"""Counts one more; the first one starts the time."""
	key = frappe.cache.make_key(f"rl:{what}")
	together = frappe.cache.pipeline()
	together.set(key, 0, ex=seconds, nx=True)
	together.incr(key)
	return together.execute()[-1] > limit


def _refuse(words: str) -> None:
	frappe.flags.disable_traceback = True
	frappe.throw(words, frappe.TooManyRequestsError)
