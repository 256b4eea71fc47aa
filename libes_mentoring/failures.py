"""What goes wrong is noted without the people it went wrong with.

The framework's error log keeps the local variables of every frame and the words of the exception: a case file
that could not be saved would stand there whole, for whoever runs the site and for as long as logs are kept.
"""

import re
import traceback
from collections.abc import Callable, Iterable
from typing import Any

import frappe

FRAME = re.compile(r'^\s*File "[^"]*", line \d+, in \S+')
KIND = re.compile(r"^([A-Za-z_][\w.]*)(?=:|$)")
PACKAGE = "libes_mentoring"


def places(error: BaseException) -> str:
	"""The kind of the exception and the places in the code that it came through: no message, no value."""
	frames = traceback.extract_tb(error.__traceback__)
	return "\n".join([type(error).__name__, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)])


def note(title: str, error: BaseException, **kwargs) -> None:
	"""An entry of the error log that says where, not who. `title` must name no person."""
	frappe.log_error(title=title, message=places(error), **kwargs)


def each(names: Iterable[str], handle: Callable[[str], Any], title: str) -> list[Any]:
	"""Handles every one in a transaction of its own: one that fails is noted and keeps nobody else waiting.

	Returns what `handle` returned, of those that did not fail. A record's name stands in the log, which is a
	number or an alias.
	"""
	done = []
	for name in names:
		try:
			result = handle(name)
			frappe.db.commit()
			done.append(result)
		except Exception as error:
			frappe.db.rollback()
			note(f"{title}: {name}", error)
			frappe.db.commit()
	return done


def keep_values_out(log, method: str | None = None) -> None:
	"""Takes messages and variables out of an entry that the framework writes of our code (Error Log, before_insert)."""
	lines = (log.error or "").splitlines()
	frames = [index for index, line in enumerate(lines) if FRAME.match(line)]
	if not any(f"/{PACKAGE}/" in lines[index] for index in frames):
		return
	# Behind the last frame come its source and its variables, indented, and then the exception with its words.
	rest = lines[frames[-1] + 1 :]
	kind = next((match.group(1) for line in rest if (match := KIND.match(line))), "Error")
	log.error = "\n".join([*(FRAME.match(lines[index]).group().strip() for index in frames), kind])
	log.method = kind.rpartition(".")[2]
