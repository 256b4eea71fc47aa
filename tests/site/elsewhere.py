"""Another request at the same moment: a thread with a connection, a user and a transaction of its own."""

import threading
import time
from collections.abc import Callable


def elsewhere(work: Callable[[], object], user: str = "Administrator") -> object:
	"""Does something as another request would, commits it, and gives its answer before this one goes on."""
	return _begin(work, user).join()


def holding(lock: Callable[[], object], then: Callable[[], object], user: str = "Administrator") -> "Request":
	"""Another request that has taken a lock already; a second later, when this one waits for it, it does the rest.

	`.join()` at the end, so that nothing of it is left, and what went wrong in it is said.
	"""
	locked = threading.Event()

	def work() -> object:
		try:
			lock()
		finally:
			locked.set()
		time.sleep(1)
		return then()

	request = _begin(work, user)
	assert locked.wait(30)
	return request


class Request:
	"""One of these, while it runs."""

	def __init__(self, thread: threading.Thread, answer: dict) -> None:
		self._thread, self._answer = thread, answer

	def join(self) -> object:
		self._thread.join(60)
		assert not self._thread.is_alive(), "the other request waits for this one"
		if "error" in self._answer:
			raise self._answer["error"]
		return self._answer["value"]


def _begin(work: Callable[[], object], user: str) -> Request:
	import frappe

	site, sites_path, answer = frappe.local.site, frappe.local.sites_path, {}

	def run() -> None:
		frappe.init(site, sites_path=sites_path)
		frappe.connect()
		try:
			frappe.set_user(user)
			frappe.flags.mute_emails = True
			answer["value"] = work()
			frappe.db.commit()
		except BaseException as error:  # said by whoever joins
			frappe.db.rollback()
			answer["error"] = error
		finally:
			frappe.destroy()

	thread = threading.Thread(target=run, daemon=True)
	thread.start()
	return Request(thread, answer)
