"""Mentoring programmes for people finding their feet again, on Frappe."""

__version__ = "0.1.0"
