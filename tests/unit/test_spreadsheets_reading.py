"""Files as people send them, and files that mean harm: each with what it answers."""

import io
import time
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from libes_mentoring.spreadsheets import reading
from libes_mentoring.spreadsheets.problems import WORDS, WorkbookError
from libes_mentoring.spreadsheets.reading import MEGABYTE, read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def xlsx(*rows, **sheets) -> bytes:
	book = Workbook()
	for row in rows:
		book.active.append(row)
	for title, content in sheets.items():
		sheet = book.create_sheet(title)
		for row in content:
			sheet.append(row)
	return saved(book)


def saved(book) -> bytes:
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def repacked(content: bytes, *, drop=(), add=None, replace=None) -> bytes:
	out = io.BytesIO()
	with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
		for part in old.namelist():
			if part not in drop:
				new.writestr(part, (replace or {}).get(part, old.read(part)))
		for part, text in (add or {}).items():
			new.writestr(part, text)
	return out.getvalue()


def values(content: bytes, name="people.xlsx") -> list[tuple]:
	return [row.cells for row in read_workbook(name, content)[0].rows]


def refused(content: bytes, name="people.xlsx") -> str:
	with pytest.raises(WorkbookError) as caught:
		read_workbook(name, content)
	return caught.value.code


@pytest.mark.req("S7")
def test_cells_keep_their_types_and_rows_their_numbers():
	content = xlsx(["Name ", None, "Born"], [], ["  Ann\u00a0", 2, datetime(1991, 4, 3)])
	(sheet,) = read_workbook("people.xlsx", content)
	assert [row.number for row in sheet.rows] == [1, 3]
	assert sheet.rows[1].cells == ("Ann", 2, datetime(1991, 4, 3))


@pytest.mark.req("S7")
def test_a_formula_gives_the_value_that_was_last_seen():
	content = xlsx(["a"], ["=1+1"])
	part = "xl/worksheets/sheet1.xml"
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		xml = archive.read(part)
	assert b"<v />" in xml or b"<v></v>" in xml or b"<v/>" in xml
	xml = xml.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
	assert values(repacked(content, replace={part: xml})) == [("a",), (2,)]


@pytest.mark.req("S7")
def test_a_value_merged_downwards_counts_for_each_row():
	book = Workbook()
	for row in (["Name", "Worker"], ["A", "W"], ["B"], ["C"], ["D", "X"]):
		book.active.append(row)
	book.active.merge_cells("B2:B4")
	book.active.merge_cells("A1:A1")
	assert [row[1] for row in values(saved(book))] == ["Worker", "W", "W", "W", "X"]


@pytest.mark.req("S7")
def test_hidden_sheets_are_not_read():
	book = Workbook()
	book.active.append(["seen"])
	book.create_sheet("Old").append(["unseen"])
	book["Old"].sheet_state = "hidden"
	assert [sheet.name for sheet in read_workbook("x.xlsx", saved(book))] == ["Sheet"]


@pytest.mark.req("S7")
def test_a_wrong_extent_hides_nothing():
	content = xlsx(["a", "b"], ["c", "d"])
	part = "xl/worksheets/sheet1.xml"
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		xml = archive.read(part).replace(b'ref="A1:B2"', b'ref="A1"')
	assert values(repacked(content, replace={part: xml})) == [("a", "b"), ("c", "d")]


@pytest.mark.req("S7")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_encodings_and_delimiters_of_offices(encoding, delimiter):
	lines = [["Prénom", "Née le", "Langues"], ["Zoë", "3.4.1991", '"français, English; Edo"']]
	content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
	expected = [("Prénom", "Née le", "Langues"), ("Zoë", "3.4.1991", "français, English; Edo")]
	assert values(content, "mentees.csv") == expected


@pytest.mark.req("S7")
def test_csv_that_declares_its_delimiter_and_has_line_ends_in_cells():
	content = b'sep=;\r\nName;Remarks\r\nAnn;"one\r\ntwo"\r\n'
	assert values(content, "mentees.csv") == [("Name", "Remarks"), ("Ann", "one\ntwo")]


@pytest.mark.req("S7")
@pytest.mark.parametrize(
	("content", "name", "code"),
	[
		(b"", "a.xlsx", "empty_file"),
		(b" \r\n\r\n", "a.csv", "empty_file"),
		(b";;;\r\n;;\r\n", "a.csv", "empty_file"),
		(OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600, "a.xlsx", "old_excel"),
		(OLE + b"\0" * 900, "a.xls", "old_excel"),
		(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
		(OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a.doc", "not_a_workbook"),
		(b"<html><table></table></html>", "a.xlsx", "not_a_workbook"),
		(b"%PDF-1.7", "a.pdf", "not_a_workbook"),
		(b"a;b\x00\x01\x02\xff", "a.csv", "not_text"),
		(b"PK\x03\x04" + b"rubbish" * 40, "a.xlsx", "damaged"),
		(xlsx(["a"])[:-60], "a.xlsx", "damaged"),
		(b"x" * (10 * MEGABYTE + 1), "a.csv", "too_big"),
	],
	ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_workbook_is_refused_in_words(content, name, code):
	assert refused(content, name) == code
	assert WORDS[code].endswith(".")


@pytest.mark.req("S7")
def test_an_old_excel_file_says_what_to_do():
	with pytest.raises(WorkbookError) as caught:
		read_workbook("renamed.xlsx", OLE + b"\0" * 2000)
	assert str(caught.value) == "This is an old Excel file (.xls). Save it as .xlsx and try again."


@pytest.mark.req("S7")
@pytest.mark.parametrize(
	("changes", "code"),
	[
		({"add": {"xl/vbaProject.bin": b"macro"}}, "macros"),
		({"add": {"xl/workbook.bin": b"binary"}}, "binary_excel"),
		({"add": {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}}, "open_document"),
		({"drop": ("xl/workbook.xml",)}, "not_a_workbook"),
		({"replace": {"xl/workbook.xml": b"<workbook"}}, "damaged"),
		({"drop": ("xl/worksheets/sheet1.xml",)}, "damaged"),
		(
			{"replace": {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'}},
			"damaged",
		),
	],
)
def test_odd_archives_are_refused(changes, code):
	assert refused(repacked(xlsx(["Name"], ["Ann"]), **changes)) == code


@pytest.mark.req("S7")
def test_an_archive_with_a_password_is_refused():
	content = bytearray(xlsx(["a"]))
	entry = content.find(b"PK\x01\x02")
	content[entry + 8] |= 1
	assert refused(bytes(content)) == "encrypted"


def bomb(megabytes: int) -> bytes:
	"""A small archive whose sheet unpacks to so many megabytes."""
	out = io.BytesIO(xlsx(["Name"]))
	with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
		with archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True) as part:
			for _ in range(megabytes):
				part.write(b"0" * MEGABYTE)
	return out.getvalue()


@pytest.mark.req("S7")
@pytest.mark.parametrize("megabytes", [50, 101, 300])
def test_a_small_file_that_grows_huge_is_refused_unopened(megabytes):
	content = bomb(megabytes)
	assert len(content) < MEGABYTE
	tracemalloc.start()
	began = time.perf_counter()
	try:
		assert refused(content) == "expands"
		assert time.perf_counter() - began < 1
		assert tracemalloc.get_traced_memory()[1] < 5 * MEGABYTE
	finally:
		tracemalloc.stop()


@pytest.mark.req("S7")
def test_an_archive_that_lies_about_its_size_yields_no_more_than_it_declares():
	content = bytearray(bomb(300))
	directory = content.rfind(b"PK\x01\x02")
	content[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
	tracemalloc.start()
	try:
		assert refused(bytes(content)) in ("damaged", "expands")
		assert tracemalloc.get_traced_memory()[1] < 20 * MEGABYTE
	finally:
		tracemalloc.stop()


@pytest.mark.req("S7")
def test_many_parts_are_refused():
	parts = {f"xl/part{n}.xml": b"<a/>" for n in range(reading.MAX_PARTS)}
	assert refused(repacked(xlsx(["a"]), add=parts)) == "expands"


@pytest.mark.req("S7")
def test_limits_on_rows_and_columns(monkeypatch):
	assert refused(xlsx(list(range(201)))) == "too_many_columns"
	assert len(values(xlsx(list(range(200))))[0]) == 200
	monkeypatch.setattr(reading, "MAX_ROWS", 5)
	assert len(values(xlsx(*[[n] for n in range(5)]))) == 5
	assert refused(xlsx(*[[n] for n in range(6)])) == "too_many_rows"
	assert refused(b"a;b\n" * 6, "x.csv") == "too_many_rows"


@pytest.mark.req("S7")
def test_a_row_number_beyond_every_sheet_does_not_keep_the_reader_busy():
	content = xlsx(["a"], ["b"])
	part = "xl/worksheets/sheet1.xml"
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		xml = archive.read(part).replace(b'r="2"', b'r="99999999999"').replace(b'r="A2"', b'r="A99999999999"')
	began = time.perf_counter()
	try:
		assert values(repacked(content, replace={part: xml})) == [("a",)]
	except WorkbookError as error:
		assert error.code == "damaged"
	assert time.perf_counter() - began < 20


def test_dates_stay_dates():
	assert values(xlsx([date(2024, 2, 29)])) == [(datetime(2024, 2, 29),)]
