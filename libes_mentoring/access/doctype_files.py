"""The app's DocTypes as their files describe them. Pure: pages and checks that need no site read them here."""

import json
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
LAYOUT = frozenset(
	("Section Break", "Column Break", "Tab Break", "HTML", "Heading", "Button", "Fold", "Image")
)


@cache
def doctypes() -> dict[str, dict[str, Any]]:
	"""DocType → its description, in the order of the names."""
	found = (json.loads(path.read_text()) for path in PACKAGE.glob("*/doctype/*/*.json"))
	return {data["name"]: data for data in sorted(found, key=lambda data: data["name"])}


def stored_fields(doctype: str) -> dict[str, str]:
	"""Field → type, of the fields that keep something."""
	return {
		field["fieldname"]: field["fieldtype"]
		for field in doctypes()[doctype]["fields"]
		if field["fieldtype"] not in LAYOUT and not field.get("is_virtual")
	}


def rights(doctype: str) -> dict[str, tuple[str, ...]]:
	"""Role → what DocPerm lets it do, on the rows that the policy grants."""
	return {
		row["role"]: tuple(right for right in RIGHTS if row.get(right))
		for row in doctypes()[doctype].get("permissions", ())
		if not row.get("permlevel")
	}


RIGHTS = ("read", "write", "create", "delete", "submit", "cancel", "print", "email", "export", "report")
