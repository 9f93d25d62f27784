"""Trying an action from a form: what breaks a rule stands on the form with the text given back; nothing was written.

Whatever is refused for the moment and not for the words (`StaleRecord`, `MoveNotAllowed`) is left to the page of
refusals, which gives the text back too and answers 409, so that all that was done before is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from common.errors import RuleBroken

P = ParamSpec("P")
T = TypeVar("T")


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, even nothing at all; None while the page is only opened."""
    return request.POST if request.method == "POST" else None


def refuse(form: BaseForm, error: RuleBroken) -> None:
    """Put a broken rule on the field that it belongs to, or on the whole form."""
    form.add_error(error.field if error.field in form.fields else None, error.sentence)


def result_of(form: BaseForm, act: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Do it and return what came of it; None where a rule was broken, which stands on the form then."""
    try:
        with transaction.atomic():
            return act(*args, **kwargs)
    except RuleBroken as error:
        refuse(form, error)
        return None


def attempt(form: BaseForm, act: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> bool:
    """Do it and say whether it was done; a broken rule becomes an error of the form."""
    return result_of(form, lambda: (act(*args, **kwargs),)) is not None
