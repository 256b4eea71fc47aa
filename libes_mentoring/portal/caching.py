"""What a shared phone or a proxy may keep of the portal: nothing."""

PRIVATE_PATHS = ("/mentoring", "/api/method/libes_mentoring.")


def no_store(response, request) -> None:
	"""Keeps pages and answers of the portal out of every cache (hook after_request)."""
	if request.path.startswith(PRIVATE_PATHS):
		response.headers["Cache-Control"] = "no-store"
