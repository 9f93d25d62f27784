"""One way to try an action with a form: what breaks a rule of the hub stands on the form, and nothing was written."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, QueryDict

from common.errors import NotVisible, RuleBroken
from common.forms import HubForm


def attempt(form: HubForm, act: Callable[[], object]) -> bool:
    """Do it and say whether it was done; a broken rule becomes an error of the form."""
    try:
        act()
    except RuleBroken as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return False
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, for a form to judge even when it is empty; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def as_key(text: str) -> UUID:
    """Return a posted key.

    Raises:
        NotVisible: it is none.
    """
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible from None
