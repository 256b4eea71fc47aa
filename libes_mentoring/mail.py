"""Whether the site can send mail at all."""

from frappe.email.doctype.email_account.email_account import EmailAccount


def is_set_up() -> bool:
	"""Whether there is an account to send from.

	A site without one has the notification in the desk; what a volunteer or a job has saved must not be lost for
	the mail. (A site whose mails are muted stands in with an account that has no address.)
	"""
	account = EmailAccount.find_outgoing()
	return bool(account and account.email_id)
