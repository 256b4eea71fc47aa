"""What a person does in the desk and in the portal, as few words: pages for the browser tests."""

from __future__ import annotations

from pathlib import Path

DESK_SCREEN = {"width": 1400, "height": 900}
PHONE_SCREEN = {"width": 390, "height": 844}
# The stand-in of the framework builds its first page of a session slowly.
PATIENCE = 60_000
IDLE = "() => window.frappe && frappe.request && frappe.request.ajax_count === 0"

# Bootstrap ignores whatever would close a dialog while that one still moves.
SLID_IN = """() => {
	const top = [...document.querySelectorAll(".modal.show")].pop();
	const state = top && window.$(top).data("bs.modal");
	return state && !state._isTransitioning;
}"""
# A number field of the desk selects its content a moment after it was entered, also where it has been left by then.
OF_THE_FRAMEWORK = ("document.activeElement.select is not a function",)


class Screen:
	"""One browser window of one person, whose errors are remembered and whose pages are photographed."""

	def __init__(self, context, url: str, photos: Path, who: str) -> None:
		self.context, self.url, self.photos, self.who = context, url, photos, who
		self.page = context.new_page()
		self.page.set_default_timeout(PATIENCE)
		self.errors: list[str] = []
		self.page.on("pageerror", self._remember)

	def _remember(self, error) -> None:
		if str(error) not in OF_THE_FRAMEWORK:
			self.errors.append(str(error))

	def log_in(self, user: str, password: str, landing: str) -> None:
		"""By the login form, as people do; `landing` is where that leads."""
		self.page.goto(f"{self.url}/login?redirect-to={landing}")
		self.page.fill("#login_email", user)
		self.page.fill("#login_password", password)
		self.page.click("button.btn-login:visible")
		self.page.wait_for_url(lambda address: "/login" not in address)

	def photo(self, name: str, page=None) -> None:
		# Dialogs slide and fade in: the photo shows where they end.
		(page or self.page).screenshot(path=self.photos / f"{self.who}-{name}.png", animations="disabled")


class Desk(Screen):
	def open(self, path: str) -> None:
		self.page.goto(f"{self.url}/app/{path}")
		self.settle()

	def settle(self) -> None:
		"""Until no answer of the server is awaited any more."""
		self.page.wait_for_function(IDLE)
		self.page.wait_for_timeout(300)
		self.page.wait_for_function(IDLE)

	def at_form(self, doctype: str, status: str | None = None) -> str:
		"""Waits for the form of a stored record (in a status), and gives the record's name."""
		self.page.wait_for_function(
			"""([doctype, status]) => window.cur_frm && cur_frm.doctype === doctype && !cur_frm.is_new()
				&& cur_frm.doc.name === frappe.get_route()[2]
				&& (!status || [cur_frm.doc.status, cur_frm.doc.stage].includes(status))""",
			arg=[doctype, status],
		)
		self.settle()
		return self.page.evaluate("cur_frm.doc.name")

	def at_new_form(self, doctype: str) -> dict:
		"""Waits for the form of a record that is not stored yet, and gives what stands in it."""
		self.page.wait_for_function(
			"doctype => window.cur_frm && cur_frm.doctype === doctype && cur_frm.is_new()", arg=doctype
		)
		self.settle()
		return self.page.evaluate("cur_frm.doc")

	def enter(self, values: dict) -> None:
		"""Fills fields of the open form."""
		# The desk puts the cursor into the first field of a new form; one that is left is read from what it shows.
		self.page.evaluate("document.activeElement.blur()")
		self.settle()
		self.page.evaluate("values => cur_frm.set_value(values)", values)

	def tick_all(self, table: str) -> None:
		"""Ticks `done` in every row of a checklist."""
		self.page.evaluate(
			"""table => Promise.all((cur_frm.doc[table] || []).map(
				row => frappe.model.set_value(row.doctype, row.name, "done", 1)))""",
			table,
		)

	def press(self, label: str) -> None:
		"""A button of the form that is open."""
		self._form().get_by_role("button", name=label, exact=True).click()

	def choose(self, group: str, label: str) -> None:
		"""A button that stands in a group of buttons."""
		self.press(group)
		self._form().locator(".dropdown-menu.show").get_by_text(label, exact=True).click()

	def has_button(self, label: str) -> bool:
		return self._form().get_by_role("button", name=label, exact=True).count() > 0

	def paper(self, label: str, name: str) -> str:
		"""The text of the paper that a button opens in a tab of its own."""
		with self.context.expect_page() as opened:
			self.press(label)
		paper = opened.value
		paper.wait_for_load_state()
		self.photo(name, paper)
		text = paper.locator("body").inner_text()
		paper.close()
		return text

	def answer(self, label: str) -> None:
		"""A button of the dialog on top."""
		self.slid_in()
		self.dialog().get_by_role("button", name=label, exact=True).last.click()

	def slid_in(self) -> None:
		"""Until the dialog on top has come to rest: before, it hears no key and is not closed by its own button."""
		self.page.wait_for_function(SLID_IN)

	def dialog(self):
		return self.page.locator(".modal.show").last

	def save(self) -> None:
		self.press("Save")
		self.page.wait_for_function("() => !cur_frm.is_dirty()")
		self.settle()

	def next_step(self) -> str:
		"""What the open form says comes next; the desk keeps the forms that were open before, unseen."""
		shown = self.page.locator("[data-next-step]:visible")
		shown.wait_for()
		return shown.inner_text()

	def _form(self):
		return self.page.locator(".page-container:visible .page-head")


class Phone(Screen):
	def open(self, path: str) -> None:
		self.page.goto(self.url + path)

	def fits(self) -> bool:
		"""Whether nothing has to be pushed sideways to be read."""
		return self.page.evaluate(
			"() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
		)
