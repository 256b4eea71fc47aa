"""How a person is recognised on a second import without keeping a readable list of who is there. Pure."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

from libes_mentoring.spreadsheets.columns import MENTOR
from libes_mentoring.spreadsheets.vocabulary import folded


def keys_of(side: str, salt: bytes, name: str, birth_date: date | None, email: str | None) -> tuple[str, ...]:
	"""The keys of a person, the one to store first.

	A mentor is known by e-mail address; name and date of birth tell as much, and the name alone is used only
	where there is nothing else. A mentee is known by name and date of birth, for addresses are often shared.
	"""
	by_name = _key(salt, side, "name", folded(name), birth_date.isoformat() if birth_date else "")
	if side != MENTOR or not email:
		return (by_name,)
	by_email = _key(salt, side, "email", email.strip().casefold())
	return (by_email, by_name) if birth_date else (by_email,)


def _key(salt: bytes, *parts: str) -> str:
	# Without the salt, a key tells nothing: names and dates of birth are few enough to be tried.
	return hmac.new(salt, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()
