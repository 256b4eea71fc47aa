"""The lists that the room starts from: versioned data beside the code. Pure."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def preset(name: str) -> dict[str, Any]:
	"""The content of `data/<name>.json`; every file has a `version` that grows with each change."""
	return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
