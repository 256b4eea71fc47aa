"""A spreadsheet file as plain rows of values. Pure: the standard library and openpyxl.

The file comes from a person's computer, so nothing is believed: its kind is told from its content, and its
unpacked size is known before any of it is parsed.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from libes_mentoring.spreadsheets.problems import WorkbookError

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_UNPACKED_BYTES = 100 * MEGABYTE
# Honest workbooks shrink to a tenth or a thirtieth; small ones may shrink more, and harm nobody.
MAX_RATIO = 100
RATIO_MATTERS_ABOVE = 20 * MEGABYTE
MAX_PARTS = 2_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_SHEETS = 50
MAX_CELL_CHARACTERS = 32_767

# Formatting often reaches far to the right of the data; further than this nothing is looked for.
_WIDTH_LOOKED_AT = MAX_COLUMNS + 56
_LAST_ROW = 1_048_576
_MAX_MERGES = 5_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True)
class Row:
	"""One row with at least one value; `number` is the one that the spreadsheet program shows."""

	number: int
	cells: tuple[Any, ...]

	def at(self, index: int) -> Any:
		"""The value of a column (from 0), None beyond the last."""
		return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
	"""The rows of one visible sheet that are not blank."""

	name: str
	rows: tuple[Row, ...]


def read_workbook(name: str, content: bytes) -> list[Sheet]:
	"""The visible sheets of an .xlsx or .csv file; raises WorkbookError with what the user can do about it."""
	if not content.strip():
		raise WorkbookError("empty_file")
	if len(content) > MAX_BYTES:
		raise WorkbookError("too_big", megabytes=MAX_BYTES // MEGABYTE)
	if content.startswith(_OLE):
		raise WorkbookError(_kind_of_ole(content))
	if content.startswith(_ZIP):
		return _read_xlsx(content)
	path = PurePath(name)
	if path.suffix.lower() != ".csv":
		raise WorkbookError("not_a_workbook")
	return [_read_csv(path.stem, content)]


def _kind_of_ole(content: bytes) -> str:
	if "EncryptedPackage".encode("utf-16-le") in content:
		return "encrypted"
	is_excel = any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book"))
	# A file cut short has no directory left to look at; its age is still the likeliest trouble.
	is_other = any(
		stream.encode("utf-16-le") in content for stream in ("WordDocument", "PowerPoint Document")
	)
	return "not_a_workbook" if is_other and not is_excel else "old_excel"


# --- .xlsx


def _read_xlsx(content: bytes) -> list[Sheet]:
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			_refuse_dangerous(archive)
			return _sheets_of(content, archive)
	except WorkbookError:
		raise
	except (zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, OSError) as error:
		# Broken XML is a SyntaxError in both of the parsers that openpyxl may use.
		raise WorkbookError("damaged") from error
	except (KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError) as error:
		# What openpyxl raises on parts that are missing or make no sense.
		raise WorkbookError("damaged") from error


def _refuse_dangerous(archive: zipfile.ZipFile) -> None:
	"""Judges the archive by its table of contents, and then by a look at the beginning of each part."""
	parts = archive.infolist()
	unpacked = sum(part.file_size for part in parts)
	packed = sum(part.compress_size for part in parts) or 1
	# zipfile never yields more of a part than the table of contents declares, so the sum is a bound.
	if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES:
		raise WorkbookError("expands")
	if unpacked > RATIO_MATTERS_ABOVE and unpacked / packed > MAX_RATIO:
		raise WorkbookError("expands")
	if any(part.flag_bits & 0x1 for part in parts):
		raise WorkbookError("encrypted")
	names = {part.filename.lower() for part in parts}
	if any(name.endswith("vbaproject.bin") for name in names):
		raise WorkbookError("macros")
	if "xl/workbook.bin" in names:
		raise WorkbookError("binary_excel")
	if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
		raise WorkbookError("open_document")
	if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
		raise WorkbookError("not_a_workbook")
	for part in parts:
		if part.filename.lower().endswith((".xml", ".rels")):
			_refuse_entities(archive, part)


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
	"""A spreadsheet declares no document type; one that does wants its entities expanded."""
	tail = b""
	with archive.open(part) as stream:
		while chunk := stream.read(MEGABYTE):
			if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
				raise WorkbookError("damaged")
			tail = chunk[-16:]


def _sheets_of(content: bytes, archive: zipfile.ZipFile) -> list[Sheet]:
	with warnings.catch_warnings():
		# Extensions that openpyxl does not know are of no interest here.
		warnings.simplefilter("ignore")
		book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
		try:
			visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
			if not book.worksheets:
				raise WorkbookError("damaged")
			if len(visible) > MAX_SHEETS:
				raise WorkbookError("too_many_sheets", limit=MAX_SHEETS)
			return [_sheet(sheet, archive) for sheet in visible]
		finally:
			book.close()


def _sheet(sheet: Any, archive: zipfile.ZipFile) -> Sheet:
	# Some programs write a wrong extent into the sheet; openpyxl would stop there.
	sheet.reset_dimensions()
	rows = []
	cells = sheet.iter_rows(max_row=_LAST_ROW, max_col=_WIDTH_LOOKED_AT, values_only=True)
	for number, values in enumerate(cells, start=1):
		if row := _row(sheet.title, number, values):
			rows.append(row)
			_refuse_long(sheet.title, rows)
	return Sheet(sheet.title, tuple(_fill_merged(rows, _merges(archive, sheet))))


def _row(sheet: str, number: int, values: Sequence[Any]) -> Row | None:
	# A sheet may pretend to a million rows; counting is fast enough for all of them.
	if values.count(None) == len(values):
		return None
	cells = [_clean(value) for value in values]
	while cells and cells[-1] is None:
		cells.pop()
	if len(cells) > MAX_COLUMNS:
		raise WorkbookError("too_many_columns", sheet=sheet, limit=MAX_COLUMNS)
	return Row(number, tuple(cells)) if cells else None


def _refuse_long(sheet: str, rows: list[Row]) -> None:
	if len(rows) > MAX_ROWS:
		raise WorkbookError("too_many_rows", sheet=sheet, limit=MAX_ROWS)


def _clean(value: Any) -> Any:
	if not isinstance(value, str):
		return value
	# Line ends inside a cell come as they are or escaped; a no-break space is a space.
	text = value.replace("_x000D_", "").replace("\r\n", "\n").replace("\u00a0", " ").replace("\x00", "")
	return text.strip()[:MAX_CELL_CHARACTERS] or None


def _merges(archive: zipfile.ZipFile, sheet: Any) -> list[tuple[int, int, int]]:
	"""Cells merged downwards: (column from 0, first row, last row). Merged headings lie across: not these."""
	part = sheet._worksheet_path.lstrip("/")
	found = []
	for left, top, right, bottom in _MERGE.findall(archive.read(part)):
		if left == right and int(top) < int(bottom):
			found.append((column_index_from_string(left.decode()) - 1, int(top), int(bottom)))
		if len(found) >= _MAX_MERGES:
			break
	return found


def _fill_merged(rows: list[Row], merges: list[tuple[int, int, int]]) -> list[Row]:
	"""Gives a value that is shown once for several rows to each of the rows that hold anything."""
	if not merges:
		return rows
	position = {row.number: index for index, row in enumerate(rows)}
	for column, first, last in merges:
		value = rows[position[first]].at(column) if first in position else None
		if value is None or column >= MAX_COLUMNS:
			continue
		for number in range(first + 1, min(last, first + MAX_ROWS) + 1):
			if number in position:
				row = rows[position[number]]
				cells = list(row.cells) + [None] * (column + 1 - len(row.cells))
				cells[column] = value
				rows[position[number]] = Row(number, tuple(cells))
	return rows


# --- .csv


def _read_csv(name: str, content: bytes) -> Sheet:
	text = _decode(content)
	first_line, _, rest = text.partition("\n")
	declared = re.fullmatch(r"sep=(.)\s*", first_line, re.IGNORECASE)
	delimiter = declared[1] if declared else _delimiter(text)
	rows = []
	try:
		records = csv.reader(io.StringIO(rest if declared else text, newline=""), delimiter=delimiter)
		for number, values in enumerate(records, start=2 if declared else 1):
			if row := _row(name, number, values):
				rows.append(row)
				_refuse_long(name, rows)
	except csv.Error as error:
		raise WorkbookError("not_text") from error
	if not rows:
		raise WorkbookError("empty_file")
	return Sheet(name, tuple(rows))


def _decode(content: bytes) -> str:
	encodings = ["utf-8-sig", "cp1252"]
	if content.startswith((b"\xff\xfe", b"\xfe\xff")):
		encodings = ["utf-16"]
	for encoding in encodings:
		try:
			text = content.decode(encoding)
		except UnicodeDecodeError:
			continue
		if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
			return text
	raise WorkbookError("not_text")


def _delimiter(text: str) -> str:
	"""The delimiter under which most of the first rows have the same, large number of cells."""

	def weight(delimiter: str) -> tuple[int, int]:
		widths: Counter[int] = Counter()
		try:
			records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
			for values in islice(records, 60):
				if len(values) > 1:
					widths[len(values)] += 1
		except csv.Error:
			pass
		return max(((width - 1) * count, width) for width, count in widths.items()) if widths else (0, 0)

	return max(";\t,", key=weight)
