"""What tests of the pages type and read."""

from __future__ import annotations

import re

from django.urls import reverse

from decisions.choices import Outcome
from tests.scenes.case import Case


def hidden(page: bytes, name: str) -> str:
    """Return the value of a hidden field on a page."""
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', page.decode())
    assert found, name
    return found[1] or ""


def url(name: str, reference: str, *more: str) -> str:
    """Return the address of a page of this stage."""
    return reverse(f"decisions:{name}", args=[reference, *more])


def written(case: Case, page: bytes) -> dict[str, object]:
    """Return the analysis as the social worker types it."""
    draft = case.draft()
    return {
        **draft.texts,
        "recommended_outcome": draft.recommended_outcome,
        **{f"meaning_{child.hex}": text for child, text in draft.meanings.items()},
        "page_key": hidden(page, "page_key"),
        "version": hidden(page, "version"),
        "submission_key": hidden(page, "submission_key"),
    }


def decided(case: Case, page: bytes, outcome: str = Outcome.ASSESSMENT) -> dict[str, object]:
    """Return the decision as the manager types it."""
    said: dict[str, object] = {
        name: hidden(page, name) for name in ("version", "submission_key", "considered", "earlier_shown")
    }
    for child in case.deciding().children:
        said |= {
            f"outcome_{child.hex}": outcome,
            f"level_{child.hex}": "level_4",
            f"reasons_{child.hex}": "Both agencies describe the same fear.",
        }
    return said | {"missing": "Nothing.", "sealed_considered": "not_needed"}
