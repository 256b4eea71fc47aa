"""Requests that are counted and whose answers are searched, whole, for canaries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import unquote_plus

from privacy_canaries import Canary, Vault
from privacy_policy import may_read
from privacy_report import Ledger

NO_FUNCTION = "Failed to get method for command"


@dataclass(frozen=True)
class Answer:
	status: int
	found: frozenset[Canary]
	text: str
	leaks: tuple[str, ...]

	@property
	def denied(self) -> bool:
		# A function that this release does not have is no way either.
		return self.status in (401, 403, 404) or NO_FUNCTION in self.text

	def says(self):
		"""The message of a whitelisted function; None where there is none."""
		try:
			return json.loads(self.text).get("message")
		except (ValueError, AttributeError):
			return None


class Probe:
	"""One person's session at the site."""

	def __init__(self, person: str, client, vault: Vault, ledger: Ledger) -> None:
		self.person, self.client, self.vault, self.ledger = person, client, vault, ledger
		self.user = client.user
		self.seen: set[Canary] = set()
		# A hook sees every answer, those of redirects included.
		client.hooks["response"].append(self._look)

	def _look(self, response, *_args, **_kwargs) -> None:
		self.ledger.requests += 1
		headers = "\n".join(f"{name}: {unquote_plus(value)}" for name, value in response.headers.items())
		self.seen |= self.vault.find_in_body(response.content) | self.vault.find(headers)

	def send(self, method: str, path: str, route: str = "", **kwargs) -> Answer:
		self.seen = set()
		response = self.client.request(method, path, **kwargs)
		# What a request itself names comes back in messages: an echo tells nothing new.
		sent = unquote_plus(path) + json.dumps({key: str(value) for key, value in kwargs.items()})
		found = frozenset(self.seen - self.vault.find(sent))
		route = route or path.split("?")[0]
		leaks = tuple(
			f"{self.person}: {route} ({response.status_code}) gave {canary}"
			for canary in sorted(found, key=str)
			if not may_read(self.person, canary)
		)
		self.ledger.leaks.extend(leaks)
		self.ledger.statuses[route][self.person][response.status_code] += 1
		return Answer(response.status_code, found, response.text if _is_text(response) else "", leaks)

	def get(self, path: str, route: str = "", **params) -> Answer:
		return self.send("GET", path, route, params={key: _plain(value) for key, value in params.items()})

	def call(self, function: str, http: str = "POST", /, **arguments) -> Answer:
		"""A whitelisted function, as the desk calls it: every argument as text."""
		path = f"/api/method/{function}"
		values = {key: _plain(value) for key, value in arguments.items()}
		if http == "GET":
			return self.send("GET", path, function, params=values)
		return self.send(http, path, function, data=values)


def _plain(value) -> str | int:
	return value if isinstance(value, str | int) else json.dumps(value)


def _is_text(response) -> bool:
	kind = response.headers.get("Content-Type", "")
	return kind.startswith("text/") or "json" in kind
