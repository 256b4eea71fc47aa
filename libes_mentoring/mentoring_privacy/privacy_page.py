"""Keeps the tables of docs/privacy.md as the code is. Pure.

`python -m libes_mentoring.mentoring_privacy.privacy_page docs/privacy.md` writes them anew.
"""

import sys
from pathlib import Path

from libes_mentoring.access import policy_table
from libes_mentoring.mentoring_privacy import inventory_table

TABLES = {
	"access": policy_table.table,
	"inventory": inventory_table.table,
	"others": inventory_table.other_table,
}


def renewed(page: str) -> str:
	"""The page with the tables of today, each between its two marks."""
	for name, table in TABLES.items():
		begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
		before, rest = page.split(begin, 1)
		page = f"{before}{begin}\n{table()}\n{end}{rest.split(end, 1)[1]}"
	return page


if __name__ == "__main__":
	path = Path(sys.argv[1])
	path.write_text(renewed(path.read_text()))
