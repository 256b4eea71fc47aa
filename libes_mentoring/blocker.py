"""One word that several rooms share: why somebody cannot be matched now. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Blocker:
	"""A code, and what its words need. The room that finds a blocker also has the words for it."""

	code: str
	params: Mapping[str, Any] = field(default_factory=dict)
