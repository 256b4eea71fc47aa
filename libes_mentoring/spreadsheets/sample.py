"""A workbook of invented people, kept the way organisations really keep them. Pure.

For trying out an import, for demonstrations and for tests. The same day gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from libes_mentoring.spreadsheets import sample_people as people
from libes_mentoring.spreadsheets.vocabulary import folded

GOOD_MENTEES, GOOD_MENTORS = len(people.MENTEES), len(people.MENTORS)
SAMPLE_DAY = date(2026, 11, 1)

MENTEE_HEADERS = (
	"Nr",
	"Name / Nom",
	"Geb.datum",
	"Gender",
	"Nationalité",
	"Languages / talen",
	"GSM",
	"E-mail ",
	"Ville",
	"Case worker",
	"Needs / besoins",
	"Interests",
	"Hours per month",
	"Male mentor?",
	"Co-national?",
	"Preferred mentor",
	"Consent ",
	"Consent date",
	"Ready?",
	"Goals",
	"Remarks",
)
MENTOR_HEADERS = (
	"Nr",
	"Nome e cognome",
	"Date of birth",
	"M/V",
	"Nationality",
	"Langues parlées",
	"Phone number",
	"E-mail adres",
	"City",
	"Type of mentor",
	"Max. mentees",
	"Hours / month",
	"Can help with",
	"Hobby's",
	"Motivation",
	"Channel",
	"Application date",
	"Record check (date)",
	"Valid until",
	"References",
	"Interview",
	"Training",
	"Agreement signed",
	"Remarks",
)
YES = ("yes", "ja", "oui", "sì", "x", "✓", "Yes ", "JA")
NO = ("no", "nee", "non", "nein", "No ", "NON")

# Places in the lists of people, chosen so that each thing happens often enough to be seen.
NOT_READY = range(30, 38)
NO_CONSENT = (26, 29, 33, 35, 37)
REFUSES_MEN = (0, 1, 3, 7, 11, 13, 16, 20, 22, 28, 31, 37)
REFUSES_CO_NATIONALS = (1, 4, 9, 18, 23, 35)
WISHES_A_WOMAN = {4: "woman", 12: "femme", 15: "vrouw", 21: "femme", 27: "female"}
EXPIRED_CHECKS = (6, 17, 29, 43, 50)
UNFINISHED = (10, 19, 26, 35, 38, 41, 46, 52)

_MONTHS = {
	"fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
	"nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
}
_EPOCH = (2026, 1, 1, 0, 0, 0)


def build_sample_workbook(
	today: date = SAMPLE_DAY, case_workers: Sequence[str] = people.CASE_WORKERS
) -> bytes:
	"""38 mentees and 55 mentors to import; on each sheet one more that is there twice, and one to be refused."""
	book = Workbook()
	_write(book.active, "Mentees", "Mentees 2026 - bijgewerkt", MENTEE_HEADERS, _mentees(today, case_workers))
	_write(
		book.create_sheet(),
		"Buddies (mentors)",
		"Lijst buddies / volunteers",
		MENTOR_HEADERS,
		_mentors(today),
	)
	return same_bytes(book)


def same_bytes(book: Workbook) -> bytes:
	"""The workbook as a file without the hour in which it was written."""
	raw, out = io.BytesIO(), io.BytesIO()
	book.save(raw)
	with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
		for part in sorted(source.namelist()):
			content = source.read(part)
			if part == "docProps/core.xml":
				content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", content)
			target.writestr(zipfile.ZipInfo(part, _EPOCH), content, zipfile.ZIP_DEFLATED)
	return out.getvalue()


def _write(sheet: Any, name: str, title: str, headers: Sequence[str], rows: list[list[Any]]) -> None:
	sheet.title = name
	sheet.append([title])
	sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=8)
	sheet.append(["Invented people, for practice only"])
	sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=8)
	sheet["A1"].font = Font(bold=True, size=14)
	sheet.append([])
	sheet.append(list(headers))
	for cell in sheet[4]:
		cell.font = Font(bold=True)
	for number, row in enumerate(rows, start=1):
		if number % 11 == 0:
			sheet.append([])
		sheet.append([number, *row])
		for cell in sheet[sheet.max_row]:
			if isinstance(cell.value, datetime):
				cell.number_format = "dd/mm/yyyy"


def _mentees(today: date, case_workers: Sequence[str]) -> list[list[Any]]:
	rows = []
	for i, (given, family, gender, nationality, languages) in enumerate(people.MENTEES):
		born = _born(today, 19 + (i * 7) % 31, i)
		consent = i not in NO_CONSENT
		rows.append(
			[
				f"{given} {family}" + (" " * (i % 3)),
				_style(born, i),
				gender,
				nationality,
				languages,
				_phone(i),
				_address(given, family) if i % 3 else None,
				people.CITIES[i % 4],
				case_workers[i % len(case_workers)],
				people.SUPPORT[i % len(people.SUPPORT)],
				people.INTERESTS[i % len(people.INTERESTS)],
				(4, "6", 4, "4-6", None)[i % 5],
				NO[i % len(NO)] if i in REFUSES_MEN else YES[i % len(YES)] if i % 2 else None,
				NO[i % len(NO)] if i in REFUSES_CO_NATIONALS else YES[(i + 3) % len(YES)] if i % 3 else "-",
				WISHES_A_WOMAN.get(i),
				YES[(i + 1) % len(YES)] if consent else NO[i % len(NO)] if i % 2 else None,
				_style(today - timedelta(days=15 + 9 * i), i + 2) if consent else None,
				NO[i % len(NO)] if i in NOT_READY else YES[(i + 2) % len(YES)],
				people.GOALS[i % len(people.GOALS)],
				people.REMARKS[i % len(people.REMARKS)],
			]
		)
	again = list(rows[4])
	again[0] = f"  {rows[4][0].strip().upper()} "
	bad = list(rows[2])
	bad[:2] = ["Gift Impossible", "29/02/2025"]
	bad[5:7] = [None, None]
	return [*rows[:20], again, *rows[20:30], bad, *rows[30:]]


def _mentors(today: date) -> list[list[Any]]:
	rows = []
	for i, (given, family, gender, nationality, languages, kind) in enumerate(people.MENTORS):
		rows.append(
			[
				f"{given} {family}" + (" " * (i % 2)),
				_style(_born(today, 22 + (i * 5) % 44, i + 3), i + 1),
				gender,
				nationality,
				languages,
				_phone(i + 100),
				_address(given, family) + (" " if i % 4 == 0 else ""),
				people.CITIES[i % 4],
				kind,
				(1, "1", 2, 1, "max 2", 1, 3)[i % 7],
				(6, "8", 4, "6-8", 5)[i % 5],
				people.SUPPORT[(i + 2) % len(people.SUPPORT)],
				people.INTERESTS[(i + 5) % len(people.INTERESTS)],
				people.MOTIVATIONS[i % len(people.MOTIVATIONS)],
				people.CHANNELS[i % len(people.CHANNELS)],
				_style(today - timedelta(days=260 + 3 * i), i),
				*_screening(today, i),
				people.MENTOR_REMARKS[i % len(people.MENTOR_REMARKS)],
			]
		)
	again = list(rows[7])
	again[0] = f" {rows[7][0].strip().lower()}  "
	again[6] = rows[7][6].strip().upper()
	bad = list(rows[11])
	bad[0], bad[6], bad[9] = "Nullah Negatief", "nullah.negatief@example.org", "-1"
	return [*rows[:25], again, *rows[25:40], bad, *rows[40:]]


def _screening(today: date, i: int) -> list[Any]:
	"""Record check, its end, references, interview, training, agreement."""
	start = today - timedelta(days=230 + i)
	check, renew = start + timedelta(days=20), None
	if i in EXPIRED_CHECKS:
		check = today - timedelta(days=420 + i)
	elif i % 3 == 0:
		renew = _style(check + timedelta(days=730), i)
	steps = [
		_style(check, i + 4),
		renew,
		_style(start + timedelta(days=30), i) if i % 2 else YES[i % len(YES)],
		_style(start + timedelta(days=40), i + 1),
		_style(start + timedelta(days=60), i + 3),
		_style(start + timedelta(days=61), i + 5) if i % 4 else YES[(i + 4) % len(YES)],
	]
	if i in UNFINISHED:
		# How far they have come differs; what follows is not done.
		done = UNFINISHED.index(i) % 5
		steps[done:] = [NO[i % len(NO)] if n > 1 else None for n in range(done, len(steps))]
		if done < 2:
			steps[:2] = [None, None]
	return steps


def _born(today: date, age: int, salt: int) -> date:
	return date(today.year - age, 1 + (salt * 5) % 10, 1 + (salt * 11) % 28)


def _style(day: date, style: int) -> Any:
	"""A date as one of several people would have typed it."""
	match style % 6:
		case 0:
			return datetime(day.year, day.month, day.day)
		case 1:
			return f"{day.day}.{day.month}.{day.year}"
		case 2:
			return f"{day.day:02}/{day.month:02}/{day.year}"
		case 3:
			return day.isoformat()
		case 4:
			return f"{day.day} {_MONTHS['fr'][day.month - 1]} {day.year} "
	return f"{day.day} {_MONTHS['nl'][day.month - 1]} {day.year}"


def _phone(i: int) -> Any:
	"""Numbers that are kept free for fiction or belong to nobody; some as numbers, as Excel makes them."""
	number = 32_455_550_000 + i * 7
	return (number, f"+{number}", f"00{number}", f"0{number % 1_000_000_000}", number % 1_000_000_000)[i % 5]


def _address(given: str, family: str) -> str:
	return ".".join(folded(f"{given} {family}").split()) + "@example.org"
