"""The pages of the website, the desk's own start, and every page of the app, as everybody outside the staff."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.req("P8", "S6")

PAGES = ("/", "/me", "/app", "/list?doctype=Mentee", "/search?q=CANARY", "/sitemap.xml", "/website_script.js")
RECORD_PAGES = (
	"/app/mentee/{0}",
	"/mentee/{0}",
	"/mentees/{0}",
	"/Mentee/{0}",
	"/printview?doctype=Mentee&name={0}",
)


def pages_of_the_app() -> list[str]:
	"""Every file in www/ as an address, and every route of a web form, however new."""
	import frappe

	import libes_mentoring

	root = Path(libes_mentoring.__file__).parent / "www"
	found = set()
	for path in root.rglob("*"):
		if path.suffix in (".html", ".md", ".py") and path.name != "__init__.py":
			parts = path.relative_to(root).with_suffix("").parts
			found.add("/" + "/".join(parts[:-1] if parts[-1] == "index" else parts))
	modules = frappe.get_all("Module Def", filters={"app_name": "libes_mentoring"}, pluck="name")
	forms = frappe.get_all("Web Form", filters={"module": ("in", modules)}, pluck="route")
	return sorted(found | {f"/{route}" for route in forms})


@pytest.mark.parametrize(
	"person", ["volunteer", "former_volunteer", "other_volunteer", "guest", "partner", "desk_user"]
)
def test_no_page_tells(probe, cast, person):
	html = {"headers": {"Accept": "text/html"}}
	leaks = []
	for page in (*PAGES, *(path.format(cast.name("Mentee")) for path in RECORD_PAGES)):
		leaks += probe(person).send("GET", page, f"GET {page.split('?')[0]}", **html).leaks
	assert not leaks


@pytest.mark.parametrize(
	"person", ["volunteer", "former_volunteer", "other_volunteer", "guest", "desk_user", "caregiver"]
)
def test_no_page_of_the_app_tells(probe, cast, person):
	pages = pages_of_the_app()
	assert pages
	leaks = []
	for page in pages:
		for parameters in ("", f"?match={cast.name('Match')}", f"?name={cast.name('Mentee')}"):
			leaks += (
				probe(person)
				.send("GET", page + parameters, f"GET {page}", headers={"Accept": "text/html"})
				.leaks
			)
	assert not leaks


def test_the_volunteers_page_does_show_the_match(probe, cast):
	"""The control: the volunteer is somebody, and sees the alias."""
	page = probe("volunteer").send("GET", "/mentoring", headers={"Accept": "text/html"})
	assert page.status == 200
	assert cast.name("Mentee") in page.text
	assert cast.name("Mentee") not in probe("former_volunteer").send("GET", "/mentoring").text
