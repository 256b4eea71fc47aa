"""Canaries: values that exist once, planted in every text field of a record, found again in any answer."""

from __future__ import annotations

import io
import re
import secrets
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe.model import table_fields

TEXT_FIELDS = (
	"Data",
	"Small Text",
	"Text",
	"Long Text",
	"Text Editor",
	"Code",
	"Markdown Editor",
	"HTML Editor",
	"JSON",
	"Autocomplete",
	"Read Only",
)
TOKEN = re.compile(r"canary([0-9a-f]{8})")
# Every canary begins like this; it is what requests search and filter for, and no canary by itself.
BEGINNING = "CANARY"


@dataclass(frozen=True)
class Canary:
	"""Where a value was planted. `doctype` is the child's for a row of a table."""

	doctype: str
	field: str
	# Records that this canary's own author may read again.
	owner: str = ""

	def __str__(self) -> str:
		return f"{self.doctype}.{self.field}"


class Vault:
	"""All canaries of a run."""

	def __init__(self) -> None:
		self.tokens: dict[str, Canary] = {}
		# Telephone numbers and dates cannot hold the word.
		self.plain: dict[str, Canary] = {}

	def __len__(self) -> int:
		return len(set(self.tokens.values()) | set(self.plain.values()))

	def text(self, doctype: str, field: str, owner: str = "", options: str = "") -> str:
		canary = Canary(doctype, field, owner)
		token = secrets.token_hex(4)
		if options == "Phone":
			digits = f"47{int(token, 16) % 10**8:08d}"
			self.plain[digits] = canary
			return f"+32{digits}"
		self.tokens[token] = canary
		if options == "Email":
			return f"canary{token}@example.org"
		if options == "URL":
			return f"https://canary{token}.example.org"
		return f"{BEGINNING}{token}-{frappe.scrub(doctype)}-{field}"

	def name(self, doc) -> None:
		"""The name of the record itself, where it is drawn at random: a list of them tells who takes part."""
		self.plain[doc.name] = Canary(doc.doctype, "name")

	def day(self, doctype: str, field: str) -> str:
		"""A date of its own, long ago, recognised in the two ways in which the site writes dates."""
		day = date(1979, 3, 1) + timedelta(days=secrets.randbelow(6000))
		for written in (day.isoformat(), day.strftime("%d-%m-%Y")):
			self.plain[written] = Canary(doctype, field)
		return day.isoformat()

	def plant(self, doc, *, owner: str = "", dates: bool = False, keep: tuple[str, ...] = ()) -> None:
		"""Fill every text field of a stored record and of its rows. A field that is new is filled too."""
		self._fill(doc, owner, dates, keep)
		for table in doc.meta.get_table_fields():
			if not frappe.get_meta(table.options).get("fields", {"fieldtype": ("in", TEXT_FIELDS)}):
				continue
			if not doc.get(table.fieldname):
				doc.append(table.fieldname, {})
			for row in doc.get(table.fieldname):
				self._fill(row, owner, False, ())
		doc.flags.update({"ignore_validate": True, "ignore_mandatory": True, "ignore_links": True})
		wanted = [(row.doctype, row, self._values(row)) for row in (doc, *doc.get_all_children())]
		# Saved as a person's change is, so that versions and the search index hear of it.
		doc.save(ignore_permissions=True)
		for doctype, row, values in wanted:
			if values and not row.meta.issingle:
				frappe.db.set_value(doctype, row.name, values, update_modified=False)

	def _fill(self, doc, owner: str, dates: bool, keep: tuple[str, ...]) -> None:
		for field in doc.meta.fields:
			if field.fieldname in keep or field.fieldtype in table_fields:
				continue
			if field.fieldtype in TEXT_FIELDS:
				doc.set(field.fieldname, self.text(doc.doctype, field.fieldname, owner, field.options or ""))
			elif dates and field.fieldtype == "Date":
				doc.set(field.fieldname, self.day(doc.doctype, field.fieldname))

	def _values(self, doc) -> dict[str, str]:
		values = {field.fieldname: doc.get(field.fieldname) for field in doc.meta.fields}
		return {name: value for name, value in values.items() if isinstance(value, str) and self.find(value)}

	def find(self, text: str) -> set[Canary]:
		lower = text.lower()
		found = {self.tokens[token] for token in TOKEN.findall(lower) if token in self.tokens}
		return found | {canary for value, canary in self.plain.items() if value in text}

	def find_in_body(self, body: bytes) -> set[Canary]:
		"""Also inside what a person would open: the text of a PDF, the files of a workbook or an archive."""
		if body.startswith(b"%PDF"):
			from pypdf import PdfReader

			pages = PdfReader(io.BytesIO(body)).pages
			# Lines break where the paper ends, also in the middle of a word.
			return self.find("".join(page.extract_text() for page in pages).replace("\n", ""))
		if body.startswith(b"PK\x03\x04"):
			with zipfile.ZipFile(io.BytesIO(body)) as archive:
				return set().union(*(self.find_in_body(archive.read(name)) for name in archive.namelist()))
		return self.find(body.decode("utf-8", errors="replace"))
