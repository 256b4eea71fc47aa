"""Finds every place of the app from which words can leave a record: messages, mails, logs, accounts."""

from __future__ import annotations

import ast
from pathlib import Path

import libes_mentoring

PACKAGE = Path(libes_mentoring.__file__).parent
CALLS = frozenset(
	"""tell tell_coordinator tell_on_portal sendmail sendmail_to_system_managers publish_realtime publish_progress enqueue
	enqueue_doc send_sms write_to
	enqueue_create_notification make_notification_logs log_error send_welcome_mail_to_user reset_password
	add_comment add_assignment notify_assignment write_to""".split()
)
RECORDS = frozenset(
	("Notification Log", "Communication", "Event", "ToDo", "Email Queue", "Comment", "User", "SMS Log", "Note")
)
# Records of the framework that would send by themselves.
SENDING_FOLDERS = ("notification", "auto_email_report", "email_template", "auto_repeat", "webhook")


def places() -> set[tuple[str, str, str]]:
	"""`{(module, function, what is called or made there)}`."""
	found: set[tuple[str, str, str]] = set()
	for path in PACKAGE.rglob("*.py"):
		module = path.relative_to(PACKAGE).with_suffix("").as_posix()
		_visit(ast.parse(path.read_text()), module, "", found)
	return found


def _visit(node: ast.AST, module: str, function: str, found: set[tuple[str, str, str]]) -> None:
	if isinstance(node, ast.FunctionDef):
		function = node.name
	if isinstance(node, ast.Call):
		name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
		if name in CALLS:
			found.add((module, function, name))
	if isinstance(node, ast.Dict):
		for key, value in zip(node.keys, node.values, strict=True):
			if getattr(key, "value", None) == "doctype" and getattr(value, "value", None) in RECORDS:
				found.add((module, function, value.value))
	for child in ast.iter_child_nodes(node):
		_visit(child, module, function, found)


def sending_records() -> list[str]:
	return [
		str(path.relative_to(PACKAGE))
		for folder in SENDING_FOLDERS
		for path in PACKAGE.glob(f"*/{folder}/*/*.json")
	]
