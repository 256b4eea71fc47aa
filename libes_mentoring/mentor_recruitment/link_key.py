"""The key in a link for somebody without an account: unguessable, and kept as a hash only. Pure."""

import hashlib
import secrets

LONGEST = 100


def new() -> str:
	"""Figures and letters alone: in the plain text of a mail the framework writes a backslash before a low line."""
	return secrets.token_hex(32)


def is_one(key: object) -> bool:
	"""Whether it is worth looking up: what comes with a request may be anything."""
	return isinstance(key, str) and key.isascii() and 0 < len(key) <= LONGEST


def fingerprint(key: str) -> str:
	"""What is stored of a key."""
	return hashlib.sha256(key.encode()).hexdigest()
