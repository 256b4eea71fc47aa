"""The policy as a criterion of the query builder, and the same criterion asked about one record."""

import frappe
from frappe.query_builder import DocType, Field
from pypika.terms import Criterion

from libes_mentoring.access import scopes
from libes_mentoring.access.policy import CHILD_TABLES, EVERY_ROW, POLICY, Rule

EVERYTHING, NOTHING = "1=1", "1=0"


def rules_for(doctype: str, user: str, ptype: str | None = "read") -> tuple[Rule, ...]:
	"""The rules that the user's roles give on a DocType of the policy; none where no role gives any."""
	roles = set(frappe.get_roles(user))
	return tuple(
		rule
		for role, rules in POLICY[doctype].items()
		if role in roles
		for rule in rules
		if rule.grants(ptype)
	)


def criterion(doctype: str, user: str, ptype: str | None = "read") -> Criterion | None:
	"""What a row of `doctype` must fulfil for the user to see it; None where every row may be seen.

	Children are seen with their parents. Nothing seen is a criterion too: one that no row fulfils.
	"""
	if user == "Administrator":
		return None
	table = DocType(doctype)
	if doctype in CHILD_TABLES:
		return Criterion.any(_child_of(table, parent, user, ptype) for parent in CHILD_TABLES[doctype])
	rules = rules_for(doctype, user, ptype)
	if EVERY_ROW in rules:
		return None
	if not rules:
		return table.name.isnull()
	return Criterion.any(_rule_criterion(table, rule, user) for rule in rules)


def list_condition(doctype: str, user: str) -> str:
	"""The criterion as one parenthesised SQL string; `1=0` where the user sees nothing.

	Frappe joins what several apps return with a bare AND, so the parentheses are ours to set.
	"""
	if doctype not in CHILD_TABLES and user != "Administrator" and not rules_for(doctype, user):
		return f"({NOTHING})"
	found = criterion(doctype, user)
	if found is None:
		return f"({EVERYTHING})"
	quote = "`" if frappe.db.db_type == "mariadb" else '"'
	return f"({found.get_sql(with_namespace=True, quote_char=quote)})"


def row_is_visible(doctype: str, name: str, user: str, ptype: str | None = "read") -> bool:
	"""Whether the stored row fulfils the criterion for `ptype`; what is only in memory does not count."""
	table = DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).where(table.name == name)
	found = criterion(doctype, user, ptype)
	return bool((query if found is None else query.where(found)).limit(1).run())


def may_add(doctype: str, values: dict, user: str) -> bool:
	"""Whether a row with these values would be the user's own; asked before it is stored."""
	if user == "Administrator":
		return True
	rules = rules_for(doctype, user, "create")
	return EVERY_ROW in rules or any(_rule_holds(rule, values, user) for rule in rules)


def fields_to_fill(doctype: str, values: dict, user: str) -> list[str]:
	"""Empty fields on which it hangs whether a new row with these values would be the user's own."""
	rules = [each for rule in rules_for(doctype, user, "create") for each in (rule, *rule.also)]
	return list(dict.fromkeys(rule.field for rule in rules if rule.scope and not values.get(rule.field)))


def _child_of(table, parent: str, user: str, ptype: str | None) -> Criterion:
	of_parent = table.parenttype == parent
	found = criterion(parent, user, ptype)
	if found is None:
		return of_parent
	owner = DocType(parent)
	return of_parent & table.parent.isin(frappe.qb.from_(owner).select(owner.name).where(found))


def _rule_criterion(table, rule: Rule, user: str) -> Criterion:
	field = table[rule.field]
	own = field.isin(getattr(scopes, rule.scope)(user)) if rule.scope else field == user
	return Criterion.all([own, *(_rule_criterion(table, other, user) for other in rule.also)])


def _rule_holds(rule: Rule, values: dict, user: str) -> bool:
	return _field_holds(rule, values, user) and all(_rule_holds(other, values, user) for other in rule.also)


def _field_holds(rule: Rule, values: dict, user: str) -> bool:
	value = values.get(rule.field)
	if not rule.scope:
		# The owner is set when the row is stored, and is always who stores it.
		return rule.field == "owner" or value == user
	if not value:
		return False
	allowed = getattr(scopes, rule.scope)(user)
	column = allowed._selects[0]
	return bool(allowed.where(Field(column.name, table=column.table) == value).limit(1).run())
