"""What a volunteer's browser can reach, and nothing else.

Volunteers have no DocPerm. Every function here that a browser may call finds out who asks (`scope`), reads
past the permissions that staff need, and gives back named fields: never a document, never a field that the
docstring does not name.
"""
