"""Whether the site can send mail at all, and mails to people who have no account."""

import re

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount


def is_set_up() -> bool:
	"""Whether there is an account to send from.

	A site without one has the notification in the desk; what a volunteer or a job has saved must not be lost for
	the mail. (A site whose mails are muted stands in with an account that has no address.)
	"""
	account = EmailAccount.find_outgoing()
	return bool(account and account.email_id)


def is_one_address(text: str | None) -> bool:
	"""Whether this is one plain address: no list, no name beside it, no markup around it.

	The framework's own check is content with a text that contains an address.
	"""
	address = text or ""
	return bool(
		not re.search(r"""[\s<>()\[\]"`,;:\\]""", address)
		and (frappe.utils.validate_email_address(address) or "").lower() == address.lower()
	)


def write_to(
	address: str, subject: str, paragraphs: list[str], about: tuple[str, str] | tuple[None, None] = (None, None)
) -> bool:
	"""Puts a mail to a person without an account into the queue; False where the site sends none.

	The words are neutral, and name nobody: whoever else reads that mailbox learns nothing. They are plain text,
	and what stands in them is never taken for HTML. `about` is DocType and name of the record because of which it
	is sent: the mail, which the queue keeps for a time, goes with that record when the person is erased.
	"""
	if not is_set_up():
		return False
	message = "".join(f"<p>{frappe.utils.escape_html(words)}</p>" for words in paragraphs)
	frappe.sendmail(
		recipients=[address],
		subject=subject,
		message=message,
		reference_doctype=about[0],
		reference_name=about[1],
		# The framework's link out would name the record.
		add_unsubscribe_link=0,
		delayed=True,
	)
	return True
