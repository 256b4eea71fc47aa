"""Training modules: what may stand in them, and the ones that a new programme asks for."""

import hashlib

import frappe
from frappe import _

from libes_mentoring.mentoring_programme.public_words import refuse_telling_words


def check(module) -> None:
	"""Refuses what volunteers must not read and what nobody could attend."""
	if (module.hours or 0) <= 0:
		frappe.throw(_("How many hours does the module take? Please enter more than 0."))
	# Volunteers read it on their page, certificates carry it. Such things are told in the session; topics may name them.
	refuse_telling_words(module.title, where=_("The title"))
	for row in module.materials:
		where = _("The material {0}").format(row.title)
		refuse_telling_words(row.title, row.text, where=where)
		if not (row.text or row.link or row.file):
			frappe.throw(_("{0} is empty. Please add a text, a link or a file.").format(where))
		if row.link and not row.link.lower().startswith(("https://", "http://")):
			frappe.throw(_("{0}: a link begins with https://.").format(where))


def fingerprint(material) -> str:
	"""SHA-256 over all that the reader was given of a material: the same words give the same value."""
	parts = (material.title, material.text, material.link, material.file)
	return hashlib.sha256("\n\n".join(part or "" for part in parts).encode()).hexdigest()


def fill_programme(programme, method: str | None = None) -> None:
	"""A new programme asks for the usual modules before a match; the organisation changes that as it likes
	(hook validate)."""
	if not programme.is_new() or programme.training_modules:
		return
	usual = frappe.get_all(
		"Training Module",
		filters={"before_match": 1, "active": 1},
		pluck="name",
		order_by="sequence asc, name asc",
	)
	for module in usual:
		programme.append("training_modules", {"module": module})


def check_programme(programme, method: str | None = None) -> None:
	"""Each module once, and no more hours than a year of training can have (hook validate)."""
	modules = [row.module for row in programme.training_modules]
	if len(set(modules)) < len(modules):
		frappe.throw(_("A module before a match is listed twice."))
	if not 0 <= (programme.continuing_training_hours or 0) <= 200:
		frappe.throw(_("Continuing training is between 0 and 200 hours a year."))
