"""The rules about texts that people accept: which text, which name, until when. Pure: facts in, answers out.

Source: handbook, "Internal policies".
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

FALLBACK_LANGUAGE = "English"


@dataclass(frozen=True)
class Version:
	"""One version of a text: the day on which it came into force, and how many days a mentor then has."""

	number: int
	in_force_from: date
	grace_days: int = 0


def text_fingerprint(title: str, language: str, text: str) -> str:
	"""SHA-256 of exactly what one person reads: the title and the text in one language."""
	return hashlib.sha256("\n\n".join((title, language, text)).encode()).hexdigest()


def same_name(typed: str, full_name: str) -> bool:
	"""Whether somebody has typed the name: case, accents, spaces, marks and the order of the parts do not matter."""
	one, other = _parts(typed), _parts(full_name)
	return bool(one) and ("".join(one) == "".join(other) or sorted(one) == sorted(other))


def accept_until(versions: Sequence[Version], accepted: Collection[int], joined: date) -> date | None:
	"""The last day on which the newest version may stay unaccepted; None where it holds at once.

	`versions` are all that were in force, the oldest first; `accepted` the numbers of those that the person has
	accepted; `joined` the day of the application. There is a time of grace for whoever was in order when a version
	came: had accepted the one before, or still had time to. Who comes later reads first.
	"""
	until: date | None = None
	before: Version | None = None
	for version in versions:
		if before is None:
			in_order = joined <= version.in_force_from
		else:
			in_order = before.number in accepted or (until is not None and until >= version.in_force_from)
		until = version.in_force_from + timedelta(days=version.grace_days) if in_order else None
		before = version
	return until


def pick_language(available: Sequence[str], wishes: Iterable[str | None]) -> str:
	"""The first language that is wished for and there is a text in; else English, else the first there is.

	Raises ValueError where there is no text at all.
	"""
	if not available:
		raise ValueError("no text in any language")
	return next((wish for wish in (*wishes, FALLBACK_LANGUAGE) if wish in available), available[0])


def as_html(blocks: Sequence[Mapping[str, str | list[str]]]) -> str:
	"""A text of `presets/` as HTML. A block is `{"h": heading}`, `{"p": paragraph}` or `{"list": [items]}`."""
	return "".join(_block(*next(iter(block.items()))) for block in blocks)


def _block(kind: str, content: str | list[str]) -> str:
	if kind == "list":
		return f"<ul>{''.join(f'<li>{escape(item, quote=False)}</li>' for item in content)}</ul>"
	tag = {"h": "h3", "p": "p"}[kind]
	return f"<{tag}>{escape(str(content), quote=False)}</{tag}>"


def _parts(name: str) -> list[str]:
	decomposed = unicodedata.normalize("NFKD", name.casefold())
	plain = "".join(char for char in decomposed if not unicodedata.combining(char))
	# An apostrophe stands inside a name, a hyphen between its parts.
	return re.findall(r"[^\W_]+", re.sub(r"['’ʼ`]", "", plain))
