"""One criterion for lists and forms: whatever a list shows can be opened, and nothing else can."""

import factories
import frappe
import pytest

from libes_mentoring.access import criteria, hooks, roles
from libes_mentoring.access.policy import CHILD_TABLES, GUARDED_DOCTYPES, OPEN_DOCTYPES, POLICY
from libes_mentoring.access.roles import ALL_ROLES, VOLUNTEER
from libes_mentoring.mentoring_evaluation import figures


@pytest.fixture(scope="module")
def house(site):
	"""Two programmes with all that belongs to them, and somebody in every role."""
	organisation = factories.partner_organisation()
	partner = factories.partner_user(organisation)
	matches = []
	for _ in range(2):
		programme = factories.programme()
		mentor = factories.mentor(
			programme=programme, partner_organisation=organisation if not matches else None
		)
		match = factories.match(mentor, factories.mentee(programme=programme), growing=True)
		factories.meeting_log(match)
		matches.append(match)
	first = matches[0]
	people = {
		"coordinator": frappe.db.get_value("Mentoring Programme", first.programme, "coordinator"),
		"social worker": frappe.db.get_value("Mentee", first.mentee, "caregiver"),
		"other coordinator": factories.coordinator().name,
		"other social worker": factories.social_worker().name,
		"manager": factories.manager().name,
		"partner": partner.name,
		"privacy officer": factories.privacy_officer().name,
		"volunteer": factories.volunteer(frappe.get_doc("Mentor", first.mentor)).name,
	}
	frappe.db.commit()
	return frappe._dict(matches=matches, people=people)


# How many of the two of each kind a person sees.
SEEN = {
	"coordinator": {
		"Mentoring Programme": 1,
		"Mentor": 1,
		"Mentee": 1,
		"Mentee Consent": 1,
		"Match": 1,
		"Closure": 1,
	},
	"social worker": {
		"Mentoring Programme": 1,
		"Mentor": 1,
		"Mentee": 1,
		"Mentee Case File": 1,
		"Mentee Consent": 1,
		"Match": 1,
		"Closure": 1,
	},
	"other coordinator": {},
	"other social worker": {},
	"manager": {"Mentoring Programme": 2},
	"partner": {},
	"privacy officer": {},
	"volunteer": {},
}


@pytest.mark.req("S3", "P7", "P9")
@pytest.mark.parametrize("who", SEEN)
def test_lists_and_forms_agree_for_everybody(house, who):
	user = house.people[who]
	with factories.as_user(user):
		for doctype in POLICY:
			everything = frappe.get_all(doctype, pluck="name")
			try:
				listed = set(frappe.get_list(doctype, pluck="name", limit_page_length=0))
			except frappe.PermissionError:
				listed = set()
			opened = {name for name in everything if frappe.has_permission(doctype, "read", doc=name)}
			assert listed == opened, f"{who}: {doctype}"
			if doctype in ("Mentor", "Mentee", "Mentee Case File", "Mentee Consent", "Match", "Closure"):
				assert len(listed) == SEEN[who].get(doctype, 0), f"{who}: {doctype}"


@pytest.mark.req("S3")
@pytest.mark.parametrize("who", ["other social worker", "other coordinator", "manager", "partner"])
def test_child_tables_do_not_tell_what_their_parents_hide(house, who):
	with factories.as_user(house.people[who]):
		for child, parents in CHILD_TABLES.items():
			for parent in parents:
				try:
					rows = frappe.get_list(
						child, fields=["parent"], parent_doctype=parent, limit_page_length=0
					)
				except frappe.PermissionError:
					continue
				shown = {row.parent for row in rows}
				assert all(
					any(
						frappe.db.exists(owner, name) and frappe.has_permission(owner, "read", doc=name)
						for owner in parents
					)
					for name in shown
				), f"{who}: {child}"


@pytest.mark.req("S3")
def test_every_doctype_of_the_app_has_a_place_in_the_policy():
	modules = frappe.get_module_list("libes_mentoring")
	known = set(frappe.get_all("DocType", filters={"module": ("in", modules)}, pluck="name"))
	assert known == {*GUARDED_DOCTYPES, *OPEN_DOCTYPES}


@pytest.mark.req("S3", "P8")
def test_a_manager_counts_mentors_and_reads_none(house):
	mentor, free = house.matches[0].mentor, factories.mentor()
	with factories.as_user(house.people["manager"]):
		assert figures.available_mentors()["value"] == 1, free.name
		assert "route" not in figures.available_mentors()
		assert figures.running_matches()["value"] == len(house.matches)
		assert not frappe.has_permission("Mentor", "read") and not frappe.has_permission("Mentor", "read", mentor)
		for child, parents in CHILD_TABLES.items():
			if "Mentor" in parents:
				with pytest.raises(frappe.PermissionError):
					frappe.get_list(child, parent_doctype="Mentor")
	with factories.as_user(factories.user(roles.MANAGER, roles.COORDINATOR).name):
		assert frappe.has_permission("Mentor", "read")
		assert frappe.get_list("Mentor") == []


@pytest.mark.req("S3", "P8")
def test_volunteers_have_no_permission_on_any_doctype():
	assert not frappe.get_all("DocPerm", filters={"role": VOLUNTEER})
	assert not frappe.get_all("Custom DocPerm", filters={"role": VOLUNTEER})
	assert not frappe.db.get_value("Role", VOLUNTEER, "desk_access")
	assert set(frappe.get_all("Role", filters={"name": ("in", ALL_ROLES)}, pluck="name")) == set(ALL_ROLES)


@pytest.mark.req("S3")
def test_every_hook_answers_true_or_false(house):
	for who, user in {**house.people, "guest": "Guest"}.items():
		for doctype in POLICY:
			condition = criteria.list_condition(doctype, user)
			assert condition.startswith("(") and condition.endswith(")"), (who, doctype)
			for name in frappe.get_all(doctype, pluck="name"):
				doc = frappe.get_doc(doctype, name)
				for ptype in ("read", "write", "create", "share", "print", "report", None):
					assert hooks.has_permission(doc, ptype=ptype, user=user) in (True, False)


@pytest.mark.req("S3")
def test_what_is_only_in_memory_opens_nothing(house):
	mentee = frappe.get_doc("Mentee", house.matches[1].mentee)
	stranger = house.people["other social worker"]
	mentee.caregiver = stranger
	with factories.as_user(stranger):
		assert not mentee.has_permission("write")
		with pytest.raises(frappe.PermissionError):
			mentee.save()


@pytest.mark.req("S3")
def test_nobody_writes_into_a_foreign_programme(house):
	foreign = house.matches[1].programme
	with factories.as_user(house.people["coordinator"]), pytest.raises(frappe.PermissionError):
		frappe.get_doc(
			{"doctype": "Mentor", "full_name": "Nova Example", "programme": foreign, "capacity": 1}
		).insert()


@pytest.mark.req("S3")
def test_sharing_and_assigning_open_nothing(house):
	match, outsider = house.matches[0], house.people["other social worker"]
	with factories.as_user(house.people["coordinator"]):
		with pytest.raises(frappe.PermissionError):
			frappe.share.add("Mentee", match.mentee, user=outsider)
	with pytest.raises(frappe.PermissionError):
		frappe.share.add_docshare(
			"Mentee", match.mentee, user=outsider, flags={"ignore_share_permission": True}
		)
	from frappe.desk.form import assign_to

	with pytest.raises(frappe.PermissionError):
		assign_to.add(
			{"assign_to": [outsider], "doctype": "Mentee", "name": match.mentee, "description": "Call"}
		)
	with factories.as_user(outsider):
		assert not frappe.has_permission("Mentee", "read", doc=match.mentee)


@pytest.mark.req("S3")
def test_the_administrator_of_the_database_still_sees_all(house):
	assert criteria.list_condition("Mentee", "Administrator") == "(1=1)"


@pytest.mark.req("P8")
def test_no_version_history_is_kept_of_mentees():
	for doctype in (
		"Mentee",
		"Mentee Case File",
		"Mentee Consent",
		"Match",
		"CheckIn",
		"Closure",
		"Meeting Log",
	):
		assert not frappe.get_meta(doctype).track_changes
