"""Which DocTypes of the framework point at records of any DocType, and by which fields. Pure: hooks read it."""

# DocType: the fields that hold the DocType and the name of the record it points at.
POINTERS: dict[str, tuple[str, str]] = {
	"Access Log": ("export_from", "reference_document"),
	"Activity Log": ("reference_doctype", "reference_name"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Notification Log": ("document_type", "document_name"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Version": ("ref_doctype", "docname"),
	"View Log": ("reference_doctype", "reference_name"),
}


def pointer_hook_name(doctype: str) -> str:
	"""The name of the DocType's list hook in access/pointers.py."""
	return f"list_{doctype.replace(' ', '_').lower()}"
