"""Groups and teams: who is in them, who may join, how somebody leaves. Every mentee in one has a match of their own.

Source: handbook, "The format". Whoever joins, joins alone, under the lock of the group: a mentee by a match with one of
its mentors, a mentor by a row of the group or by a first match in it. What keeps a mentee and any mentor of the group
apart keeps the mentee out of the group. Whether two mentees must not meet is recorded nowhere: staff know, and decide.
"""

import frappe
from frappe import _
from frappe.utils import cint, nowdate

from libes_mentoring.mentor_matching import pairs
from libes_mentoring.mentor_recruitment import screening
from libes_mentoring.mentoring_programme.public_words import refuse_telling_words
from libes_mentoring.mentoring_relationship import group_rules as rules
from libes_mentoring.mentoring_relationship.lifecycle import RUNNING

GROUP = "Mentoring Group"


def check(group) -> None:
	"""Fills the usual size, and refuses what is no group or says why people take part (validate)."""
	before = group.get_doc_before_save()
	if before and before.status == rules.ENDED and not group.flags.by_procedure:
		frappe.throw(_("This group has ended. A new beginning is a new group."))
	group.group_name = (group.group_name or "").strip()
	refuse_telling_words(group.group_name, where=_("The name of the group"))
	if not before:
		group.status = rules.FORMING
		if group.kind not in rules.USUAL:
			frappe.throw(_("Please choose: {0}.").format(_(group.meta.get_label("kind"))), frappe.MandatoryError)
		if frappe.db.get_value("Mentoring Programme", group.programme, "status") == "Closed":
			frappe.throw(_("This programme is closed: no new groups are made in it."))
		check_format(group.programme, group.kind)
	for field in rules.LIMIT_FIELDS:
		group.set(field, cint(group.get(field)) or getattr(rules.USUAL[group.kind], field))
	if problem := rules.problem_of(group.kind, limits_of(group)):
		frappe.throw(_limit_words(problem))
	if before:
		_check_size_holds(group)


def limits_of(group) -> rules.Limits:
	return rules.Limits(**{field: group.get(field) for field in rules.LIMIT_FIELDS})


def check_format(programme: str, kind: str | None) -> None:
	"""Refuses a form of mentoring that the programme does not offer; `kind` None is one to one."""
	field = rules.FORMAT_FIELDS.get(kind, "format_one_to_one")
	if not frappe.db.get_value("Mentoring Programme", programme, field):
		words = {
			rules.GROUP: _("This programme does not offer groups. Its page says which forms it offers."),
			rules.TEAM: _("This programme does not offer teams. Its page says which forms it offers."),
		}
		frappe.throw(
			words.get(kind, _("This programme does not match one to one: choose one of its groups."))
		)


def check_join(match) -> None:
	"""Refuses a new match that would break a rule of its group. The group is locked, and so are the two persons."""
	group = frappe.get_doc(GROUP, match.mentoring_group)
	if group.status == rules.ENDED:
		frappe.throw(_("This group has ended."))
	if group.programme != match.programme:
		frappe.throw(_("This group belongs to another programme."))
	check_format(group.programme, group.kind)
	limits, roles, members = limits_of(group), roles_of(group.name), members_of(group.name)
	if roles.get(match.mentor) == rules.HELPER:
		frappe.throw(
			_("A helper accompanies nobody of their own in this group. Give them another role first.")
		)
	if len(members) >= limits.max_mentees:
		_full(_("The group is full: {0} of {1} mentees.").format(len(members), limits.max_mentees))
	if match.mentor not in roles:
		_check_mentor_fits(match.mentor, roles, members, limits)
	_check_pairs([(match.mentee, mentor) for mentor in roles if mentor != match.mentor])


def after_join(match) -> None:
	"""A mentor whose first match in the group this is, stands in its list from now on."""
	if match.mentoring_group and match.mentor not in roles_of(match.mentoring_group):
		_append(frappe.get_doc(GROUP, match.mentoring_group), match.mentor)


@frappe.whitelist(methods=["POST"])
def join(group: str, mentee: str, mentor: str) -> str:
	"""A mentee joins, by a match with a mentor of the group; gives the match's name.

	Raises ValidationError with what stands in the way, PermissionError for who makes no matches here.
	"""
	# Only here: the door to a match calls the checks of this module.
	from libes_mentoring.mentor_matching import making

	own(group)
	return making.make(mentee, mentor, "Coordinator", mentoring_group=group)


@frappe.whitelist(methods=["POST"])
def add_mentor(group: str, mentor: str, role: str = rules.MENTOR) -> None:
	"""A mentor joins, without a mentee of their own yet. Raises ValidationError with what stands in the way."""
	from libes_mentoring.mentor_matching import making

	own(group)
	making.check_mentor(mentor)
	_check_role(role)
	lock(group)
	frappe.db.get_value("Mentor", mentor, "name", for_update=True)
	doc, roles = frappe.get_doc(GROUP, group), roles_of(group)
	if doc.status == rules.ENDED:
		frappe.throw(_("This group has ended."))
	if mentor in roles:
		frappe.throw(_("This mentor is in the group already."))
	if frappe.db.get_value("Mentor", mentor, "programme") != doc.programme:
		frappe.throw(_("This mentor belongs to another programme."))
	if blockers := screening.blockers_of(frappe.get_doc("Mentor", mentor)):
		frappe.throw(screening.refusal(blockers), title=_("Not added"))
	_check_mentor_fits(mentor, roles, members_of(group), limits_of(doc))
	_append(doc, mentor, role)


@frappe.whitelist(methods=["POST"])
def set_role(group: str, mentor: str, role: str) -> None:
	"""Gives a mentor of the group another role; there is one lead mentor, so the one before becomes a mentor."""
	own(group)
	_check_role(role)
	lock(group)
	doc = frappe.get_doc(GROUP, group)
	row = _row(doc, mentor)
	if role == rules.HELPER and mentees_of(group, mentor):
		frappe.throw(_("This mentor accompanies somebody in the group, and cannot be a helper only."))
	for other in doc.mentors:
		if role == rules.LEAD and other.role == rules.LEAD:
			other.role = rules.MENTOR
	row.role = role
	_save(doc)


@frappe.whitelist(methods=["POST"])
def remove_mentor(group: str, mentor: str) -> None:
	"""A mentor leaves the group. Whoever accompanies somebody in it hands on the mentees first, or closes the matches."""
	own(group)
	lock(group)
	doc = frappe.get_doc(GROUP, group)
	row = _row(doc, mentor)
	if mentees := mentees_of(group, mentor):
		frappe.throw(
			_("First close the matches of this mentor in the group, or hand on the mentees: {0}.").format(
				", ".join(mentees)
			)
		)
	doc.mentors.remove(row)
	_save(doc)


@frappe.whitelist(methods=["POST"])
def hand_on(match: str, mentor: str) -> str:
	"""The mentee goes on with another mentor of the team: the match is closed, and a new one follows it.

	The closure is prepared as every other: its steps are done, or ticked as not possible. Both happen or neither.
	Gives the name of the new match. Raises ValidationError with what stands in the way.
	"""
	from libes_mentoring.mentor_matching import making
	from libes_mentoring.mentoring_relationship import closing

	doc = frappe.get_doc("Match", match)
	doc.check_permission("write")
	if not doc.mentoring_group or frappe.db.get_value(GROUP, doc.mentoring_group, "kind") != rules.TEAM:
		frappe.throw(_("Mentees are handed on within a team only."))
	if mentor == doc.mentor or mentor not in roles_of(doc.mentoring_group):
		frappe.throw(_("Choose another mentor of the same team."))
	closure = frappe.db.get_value("Closure", {"mentoring_match": match}, "name")
	group = doc.mentoring_group

	def close_first() -> None:
		lock(group)
		closing.complete_for_successor(closure)

	return making.make(doc.mentee, mentor, doc.way, follows=match, first=close_first, mentoring_group=group)


@frappe.whitelist(methods=["POST"])
def start(group: str) -> None:
	"""The group runs, once it has as many people as it needs. Raises ValidationError where some are missing."""
	own(group)
	lock(group)
	doc = frappe.get_doc(GROUP, group)
	if doc.status != rules.FORMING:
		frappe.throw(_("Only a group that is forming can start."))
	if words := missing_in_words(doc):
		frappe.throw(words)
	doc.status, doc.started_on = rules.RUNNING, nowdate()
	_save(doc)


@frappe.whitelist(methods=["POST"])
def end(group: str) -> None:
	"""The group ends. Its matches are closed first, one by one, each by its own closure."""
	own(group)
	lock(group)
	doc = frappe.get_doc(GROUP, group)
	if doc.status == rules.ENDED:
		frappe.throw(_("This group has ended."))
	if members := members_of(group):
		frappe.throw(_("Matches of the group are running: {0}. Close them first.").format(len(members)))
	doc.status, doc.ended_on = rules.ENDED, nowdate()
	_save(doc)


@frappe.whitelist(methods=["GET", "POST"])
def members(group: str) -> dict:
	"""Who is in the group, as far as the caller may read them.

	`{"mentors": [{"mentor", "name", "role", "matches": [{"match", "mentee", "stage"}]}], "unseen": int,
	"mentees": int, "limits": {...}}`. Raises PermissionError for who may not read the group.
	"""
	doc = own(group, "read")
	readable = frappe.get_list(
		"Mentor",
		filters={"name": ("in", [row.mentor for row in doc.mentors] or [""])},
		fields=["name", "full_name"],
		limit_page_length=0,
	)
	names = {row.name: row.full_name for row in readable}
	running = frappe.get_list(
		"Match",
		filters={"mentoring_group": group, "stage": ("in", RUNNING)},
		fields=["name", "mentor", "mentee", "stage"],
		order_by="creation asc",
		limit_page_length=0,
	)
	shown = [
		{
			"mentor": row.mentor,
			"name": names[row.mentor],
			"role": row.role,
			"matches": [
				{"match": match.name, "mentee": match.mentee, "stage": match.stage}
				for match in running
				if match.mentor == row.mentor
			],
		}
		for row in doc.mentors
		if row.mentor in names
	]
	return {
		"mentors": shown,
		"unseen": len(doc.mentors) - len(shown),
		"mentees": len(members_of(group)),
		"limits": {field: doc.get(field) for field in rules.LIMIT_FIELDS},
	}


def own(group: str, ptype: str = "write"):
	"""The group, for who may read or change it. One refusal for "not yours" and "does not exist"."""
	if frappe.has_permission(GROUP, ptype) and frappe.db.exists(GROUP, str(group)):
		doc = frappe.get_doc(GROUP, str(group))
		if doc.has_permission(ptype):
			return doc
	frappe.throw(_("This group is not known in your programme."), frappe.PermissionError)


def lock(group: str) -> None:
	"""Of two who change the same group, the second waits for the first."""
	from libes_mentoring.mentoring_relationship import opening

	opening.lock(GROUP, group, ["modified"])


def members_of(group: str) -> list[frappe._dict]:
	"""`[{"name", "mentor", "mentee", "stage"}]`: the running matches of the group. A locking read, as every count here."""
	match = frappe.qb.DocType("Match")
	query = (
		frappe.qb.from_(match)
		.select(match.name, match.mentor, match.mentee, match.stage)
		.where((match.mentoring_group == group) & match.stage.isin(RUNNING))
		.orderby(match.name)
	)
	return _now(query).run(as_dict=True)


def roles_of(group: str) -> dict[str, str]:
	"""mentor → role of all mentors of the group."""
	row = frappe.qb.DocType("Mentoring Group Mentor")
	query = (
		frappe.qb.from_(row)
		.select(row.mentor, row.role)
		.where((row.parenttype == GROUP) & (row.parent == group))
		.orderby(row.idx)
	)
	return dict(_now(query).run())


def mentees_of(group: str, mentor: str) -> list[str]:
	return [row.mentee for row in members_of(group) if row.mentor == mentor]


def missing_in_words(group) -> str:
	"""Whom the group still needs, in a sentence; empty where it is large enough."""
	mentors, mentees = rules.missing(limits_of(group), len(roles_of(group.name)), len(members_of(group.name)))
	if not mentors and not mentees:
		return ""
	return _("The group is not complete yet. Still to join: mentors {0}, mentees {1}.").format(
		mentors, mentees
	)


def _now(query):
	return query if frappe.db.db_type == "sqlite" else query.for_update()


def _check_mentor_fits(mentor: str, roles: dict[str, str], members: list, limits: rules.Limits) -> None:
	if len(roles) >= limits.max_mentors:
		_full(_("The group has all its mentors: {0} of {1}.").format(len(roles), limits.max_mentors))
	_check_pairs([(row.mentee, mentor) for row in members])


def _check_pairs(together: list[tuple[str, str]]) -> None:
	"""Refuses where a hard rule keeps one of these mentees and mentors apart; the words are for staff."""
	for mentee, mentor in together:
		if broken := pairs.broken_rules(pairs.explain(mentee, mentor)):
			name = frappe.db.get_value("Mentor", mentor, "full_name")
			frappe.throw(
				_("{0} and {1} cannot be in one group: {2}").format(mentee, name, " ".join(broken)),
				title=_("Not matched"),
			)


def _check_size_holds(group) -> None:
	roles, members = roles_of(group.name), members_of(group.name)
	if len(roles) > group.max_mentors or len(members) > group.max_mentees:
		frappe.throw(
			_("More people are in the group already: mentors {0}, mentees {1}.").format(
				len(roles), len(members)
			)
		)


def _check_role(role: str) -> None:
	if role not in rules.ROLES:
		frappe.throw(_("Unknown role: {0}.").format(role))


def _row(group, mentor: str):
	row = next((row for row in group.mentors if row.mentor == mentor), None)
	return row or frappe.throw(_("This mentor is not in the group."))


def _append(group, mentor: str, role: str = rules.MENTOR) -> None:
	# Somebody leads from the first day on; who, is changed at any time.
	if role == rules.MENTOR and not any(row.role == rules.LEAD for row in group.mentors):
		role = rules.LEAD
	if role == rules.LEAD:
		for row in group.mentors:
			row.role = rules.MENTOR if row.role == rules.LEAD else row.role
	group.append("mentors", {"mentor": mentor, "role": role, "joined_on": nowdate()})
	_save(group)


def _save(group) -> None:
	group.flags.by_procedure = True
	# The right to change the group, or to make the match, has been asked before.
	group.save(ignore_permissions=True)


def _full(words: str) -> None:
	frappe.throw(words, title=_("Not matched"))


def _limit_words(problem: str) -> str:
	return {
		"below_one": _("A group needs at least one mentor and one mentee."),
		"reversed": _("The smallest size of the group is larger than its largest."),
		"too_large": _("At most {0} mentors and {1} mentees make a group.").format(
			rules.MOST_MENTORS, rules.MOST_MENTEES
		),
		"group_of_several_mentors": _("A group has one mentor. With several, it is a team."),
		"no_group": _("With one mentor and one mentee it is no group: match them one to one."),
	}[problem]
