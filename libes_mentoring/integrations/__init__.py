"""Bridges to other apps, each used only where that app is installed."""
