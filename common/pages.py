"""Where a record is shown: each stage registers its pages, so that what stands below it can link to them."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

_routes: dict[str, str] = {}


def register(kind: str, route: str) -> None:
    """Say which route shows a kind of record; the route takes its reference.

    Args:
        kind: as in `clock.rules.subject.Subject`, such as `request`.
        route: such as `information_sharing:request`.
    """
    _routes[kind] = route


def path_of(kind: str, reference: str) -> str:
    """Return the path of a record's page; the first page where no stage has said, or its route takes something else."""
    fallback = reverse("home")  # Also loads the stages' urls.py, in which they register.
    try:
        return reverse(_routes[kind], args=[reference])
    except (KeyError, NoReverseMatch):
        return fallback
