"""Every address of the product, found by walking the URL configuration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {
    "reference": "C-2222-2222",
    "earlier": "C-3333-3333",
    "complaint": "K-2222-2222",
    "position": 1,
    "uidb36": "1",
    "key": "set-password",
}
"""What stands for an argument where no record is needed; every other argument is a UUID."""

UUID = "00000000-0000-4000-8000-00000000abcd"


@dataclass(frozen=True)
class Route:
    """One named address."""

    name: str
    pattern: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        """Say whether the view is open without an account."""
        return not getattr(self.view, "login_required", True)

    @property
    def first_part(self) -> str:
        """The first part of its path."""
        return self.pattern.partition("/")[0]

    def sample(self) -> dict[str, object]:
        """Return arguments of the right form that name nothing."""
        return {name: SAMPLES.get(name, UUID) for name in self.arguments}


def routes() -> list[Route]:
    """Return every route."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[Route]:
    for one in resolver.url_patterns:
        pattern = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, pattern, space + (f"{one.namespace}:" if one.namespace else ""))
        elif isinstance(one, URLPattern):
            names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
            yield Route(f"{space}{one.name or pattern}", pattern, one.callback, tuple(names))
