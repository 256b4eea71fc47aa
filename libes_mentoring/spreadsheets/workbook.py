"""Rows as an .xlsx file in which no cell is a formula. Pure."""

import io
import re
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

# A title and the rows, the headings first.
Sheet = tuple[str, list[list[Any]]]


def workbook(sheets: list[Sheet]) -> bytes:
	"""The sheets as an .xlsx file. No cell is a formula."""
	from openpyxl import Workbook
	from openpyxl.styles import Alignment, Font

	book = Workbook()
	book.remove(book.active)
	for title, rows in sheets:
		sheet = book.create_sheet(_sheet_title(title, book.sheetnames))
		for number, row in enumerate(rows, start=1):
			for column, value in enumerate(row, start=1):
				cell = sheet.cell(number, column)
				_write(cell, value)
				cell.alignment = Alignment(vertical="top", wrap_text=True)
				if number == 1:
					cell.font = Font(bold=True)
		sheet.freeze_panes = "A2"
		for column in range(1, len(rows[0]) + 1):
			sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 24
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def _write(cell, value: Any) -> None:
	if isinstance(value, str):
		cell.value = CONTROL.sub(" ", value)[:LONGEST_CELL]
		# Text stays text, whatever it begins with; the mark keeps it so where it is opened and saved again.
		cell.data_type = "s"
		if value.startswith(FORMULA):
			cell.quotePrefix = True
	else:
		cell.value = value


def _sheet_title(title: str, taken: list[str]) -> str:
	title = re.sub(r"[\[\]:*?/\\]", " ", title)[:28]
	return title if title not in taken else f"{title} {len(taken)}"
