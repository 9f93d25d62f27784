"""Reporting has no tables."""

RIGHTS: dict[str, dict[str, str]] = {}
