"""A token that a page hands out and a form brings back: signed, and good for a day. Pure.

It ties a post to a page that was really loaded; nothing has to be stored for it.
"""

import hashlib
import hmac
import secrets

LIFETIME_SECONDS = 24 * 60 * 60


def issue(purpose: str, key: str, now: float) -> str:
	"""`issued.random.signature`; `key` is the site's secret, `now` seconds since 1970."""
	said = f"{int(now)}.{secrets.token_urlsafe(9)}"
	return f"{said}.{_signature(purpose, said, key)}"


def is_valid(token: object, purpose: str, key: str, now: float) -> bool:
	"""Whether the token was issued for this purpose with this key, at most a day ago."""
	if not isinstance(token, str):
		return False
	said, _dot, signature = token.rpartition(".")
	issued = said.partition(".")[0]
	# What is no text of any language (half a character) was not issued here.
	if not token.isascii():
		return False
	if not hmac.compare_digest(signature.encode(), _signature(purpose, said, key).encode()):
		return False
	return 0 <= now - int(issued) <= LIFETIME_SECONDS


def _signature(purpose: str, said: str, key: str) -> str:
	return hmac.new(key.encode(), f"{purpose}:{said}".encode(), hashlib.sha256).hexdigest()
