"""A receipt as it may be kept: a picture or a PDF by what is in it, whatever its name says.

Pictures are painted anew and PDFs put together anew, so that neither the place where a photo was taken nor anything
else that came along is stored. Imports nothing of Frappe.
"""

import io

LARGEST_RECEIPT = 6 * 1024 * 1024
LARGEST_PICTURE = 60_000_000
LONGEST_EDGE = 2000
MOST_PAGES = 10
PICTURES = ("JPEG", "PNG", "WEBP")


class NotAReceipt(ValueError):
	"""`code` says why: empty, too_large, unknown, too_many_pages."""

	def __init__(self, code: str) -> None:
		super().__init__(code)
		self.code = code


def clean(content: bytes) -> tuple[bytes, str]:
	"""The receipt without anything hidden, and the ending of its name: "jpg" or "pdf". Raises NotAReceipt."""
	if not content:
		raise NotAReceipt("empty")
	if len(content) > LARGEST_RECEIPT:
		raise NotAReceipt("too_large")
	if content.startswith(b"%PDF-"):
		return _pdf(content), "pdf"
	return _picture(content), "jpg"


def _picture(content: bytes) -> bytes:
	from PIL import Image, ImageOps

	try:
		with Image.open(io.BytesIO(content), formats=PICTURES) as opened:
			if opened.width * opened.height > LARGEST_PICTURE:
				raise NotAReceipt("too_large")
			opened.load()
			# Turned as the camera was held: that stands in the data which are left out.
			upright = ImageOps.exif_transpose(opened)
			upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
			flat = Image.new("RGB", upright.size, "white")
			rgba = upright.convert("RGBA")
			flat.paste(rgba, mask=rgba.getchannel("A"))
	except NotAReceipt:
		raise
	except Exception as error:
		# A broken or a made-up file fails in many ways, and all of them mean the same.
		raise NotAReceipt("unknown") from error
	out = io.BytesIO()
	flat.save(out, "JPEG", quality=85, optimize=True)
	return out.getvalue()


def _pdf(content: bytes) -> bytes:
	from pypdf import PdfReader, PdfWriter

	try:
		reader = PdfReader(io.BytesIO(content))
		if reader.is_encrypted:
			raise NotAReceipt("unknown")
		if len(reader.pages) > MOST_PAGES:
			raise NotAReceipt("too_many_pages")
		writer = PdfWriter()
		for page in reader.pages:
			# What could run, or holds files and notes of its own.
			for key in ("/AA", "/Annots", "/Metadata", "/PieceInfo"):
				page.pop(key, None)
			writer.add_page(page)
		if not writer.pages:
			raise NotAReceipt("unknown")
		out = io.BytesIO()
		writer.write(out)
	except NotAReceipt:
		raise
	except Exception as error:
		raise NotAReceipt("unknown") from error
	return out.getvalue()
