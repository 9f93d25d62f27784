"""Whether a page is open to somebody: asked before a link to it is shown, for many links at once.

A convenience for whoever reads, and no wall: the page itself asks again. It follows the access table for who reaches an
address, and the rule of the record for which of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.urls import Resolver404, resolve

from agencies.access.firewall import rule_for
from agencies.access.table.meaning import audiences_of
from agencies.access.table.whole import ADDRESSES
from agencies.access.table.words import EVERY_ROLE
from agencies.access.viewer import Viewer


def open_paths(viewer: Viewer, paths: Iterable[str]) -> frozenset[str]:
    """Return those of some paths of the hub whose page opens to a viewer now.

    One query for each kind of record, however many paths there are. A path that is no address of the hub opens to
    nobody.
    """
    found: set[str] = set()
    by_record: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in set(paths):
        label, reference = _record_at(path, viewer)
        if label:
            by_record[label][reference].append(path)
        elif label is not None:
            found.add(path)
    for label, named in by_record.items():
        found.update(path for reference in _visible(label, named, viewer) for path in named[reference])
    return frozenset(found)


def _record_at(path: str, viewer: Viewer) -> tuple[str | None, str]:
    """Return the record on whose page a path leads, empty where it is none's; None where the page is not theirs."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None, ""
    address = ADDRESSES.get(match.view_name)
    # Pages of everybody with an account take also those who hold no role just now.
    if address is None or not (audiences_of(viewer) & {*address.reach} or {*EVERY_ROLE} <= {*address.reach}):
        return None, ""
    return address.record, str(match.kwargs.get("reference") or match.kwargs.get("item") or "")


def _visible(label: str, references: Iterable[str], viewer: Viewer) -> list[str]:
    model: Any = apps.get_model(label)
    name = "reference" if any(one.name == "reference" for one in model._meta.concrete_fields) else "pk"
    rows = model._default_manager.filter(rule_for(model)(viewer)).filter(**{f"{name}__in": list(references)})
    return [str(one) for one in rows.values_list(name, flat=True)]
