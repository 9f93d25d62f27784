"""Tags and filters that pages and components use; load with `{% load hub %}`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.middleware.csrf import get_token
from django.template.context import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from common.initials import initials_of
from common.moments import LONDON, short_moment
from common.nothing_shown import WORDS
from common.time_left import TimeLeft, countdown

register = template.Library()


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: what to do, and which control it leads to."""

    message: str
    target: str


@dataclass(frozen=True)
class ColourSign:
    """A rating as word and shape; the colour itself only repeats them."""

    name: str
    word: str
    shape: str


SIGNS = {
    "red": ColourSign("red", "Red", "◆"),
    "amber": ColourSign("amber", "Amber", "▲"),
    "green": ColourSign("green", "Green", "●"),
}


@register.simple_tag(takes_context=True)
def submission_key(context: Context, fresh: bool = False) -> SafeString:
    """Write the hidden one-time key of a form; keep the posted one when the page is shown again, unless `fresh`."""
    request = getattr(context, "request", None) or context.get("request")
    posted = "" if fresh or request is None else request.POST.get("submission_key", "")
    try:
        key = UUID(posted)
    except ValueError:
        key = uuid4()
    return format_html('<input type="hidden" name="submission_key" value="{}">', key)


@register.simple_tag(takes_context=True, name="csrf_token")
@register.simple_tag(takes_context=True)
def csrf_field(context: Context) -> SafeString:
    """Write what every form carries: the anti-forgery token, and who opened it in which membership.

    It stands in for Django's `csrf_token`, and also works inside an include with `only`.
    """
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return SafeString("")
    typed = getattr(request, "typed_by", "")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}',
        get_token(request),
        format_html('<input type="hidden" name="typed_by" value="{}">', typed) if typed else "",
    )


@register.simple_tag(takes_context=True)
def is_kept(context: Context) -> bool:
    """Say whether what was posted is kept for its author: a form of the public names nobody."""
    request = getattr(context, "request", None) or context.get("request")
    return request is not None and bool(request.POST.get("typed_by"))


@register.simple_tag(takes_context=True)
def child_name(context: Context, words: str) -> str:
    """Write a name, with the age behind it; by initials alone where the viewer chose that, in an open office."""
    return initials_of(words) if shows_initials(context) else words


@register.simple_tag(takes_context=True)
def shows_initials(context: Context) -> bool:
    """Say whether the viewer chose initials in place of the names of people on lists and headers."""
    request = getattr(context, "request", None) or context.get("request")
    session = getattr(request, "session", None)
    return bool(session is not None and session.get("initials"))


@register.simple_tag(takes_context=True)
def problems(context: Context) -> list[Problem]:
    """Return the errors of every form and formset on the page, in the order in which they stand there."""
    forms, sets = _on_page(context)
    found = [problem for form in forms for problem in _problems_of(form)]
    for formset in sets:
        found += [Problem(str(message), str(formset.prefix)) for message in formset.non_form_errors()]
        found += [problem for form in formset.forms for problem in _problems_of(form)]
    return found


@register.filter
def thousands(number: int) -> str:
    """Write 20000 as 20,000."""
    return f"{number:,}"


@register.filter
def london(moment: datetime | date | Literal[""] | None) -> str:
    """Write a moment as "Tuesday 3 June 2025, 15:40", a day without the time, nothing as an empty text."""
    if not moment:
        return ""
    if not isinstance(moment, datetime):
        return f"{moment:%A} {moment.day} {moment:%B %Y}"
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"


@register.filter
def london_short(moment: datetime | date | Literal[""] | None) -> str:
    """Write a moment as "3 Jun 2025, 15:40", a day as "3 Jun 2025", nothing as an empty text."""
    return short_moment(moment) if moment else ""


@register.simple_tag(takes_context=True)
def time_left(context: Context, due_at: datetime | None, at: datetime | None = None) -> TimeLeft | None:
    """Return how a deadline stands at the page's time (`at`, else `now` of the page, else this moment)."""
    if not due_at:
        return None
    return countdown(due_at, at=at or context.get("now") or timezone.now())


@register.filter
def without_places(words: str, mask: Callable[[str], str]) -> str:
    """Return what somebody wrote with each protected place taken out, by the mask of the page."""
    return mask(words or "")


@register.filter
def said(value: Any, nothing: str = "Not recorded") -> SafeString:
    """Write what a person said with its line breaks; a moment or day in words; nothing as `nothing`.

    "Not known" is an answer that somebody gave, and no word for an empty field.
    """
    if isinstance(value, date):
        return SafeString(conditional_escape(london_short(value)))
    if value is None or value in ("", []):
        return format_html('<span class="hub-unknown">{}</span>', nothing)
    if isinstance(value, bool):
        return SafeString("Yes" if value else "No")
    if isinstance(value, list | tuple):
        return SafeString("<br>".join(conditional_escape(each) for each in value))
    return SafeString(conditional_escape(value).replace("\n", "<br>"))


@register.simple_tag
def absent(which: Literal["none_recorded", "nobody_answered", "not_asked", "not_shown"]) -> str:
    """Return the word for what is not there, one of four that are not the same."""
    return WORDS[which]


@register.simple_tag
def colour_sign(colour: str) -> ColourSign:
    """Return the word and the shape for a stored colour: red, amber, green or anything else (not rated)."""
    return SIGNS.get(str(colour or "").lower(), ColourSign("none", "Not rated", "○"))


@register.simple_tag
def labelled(cells: Iterable[Any], columns: Iterable[str]) -> list[tuple[str, Any]]:
    """Return each cell with its column's heading, which a narrow screen shows beside it."""
    return list(zip(columns, cells, strict=False))


@register.simple_tag
def page_time(at: datetime | None = None) -> datetime:
    """Return the time that the page was drawn for, or this moment."""
    return at or timezone.now()


def _on_page(context: Context) -> tuple[list[BaseForm], list[BaseFormSet[Any]]]:
    """Return each posted form and formset that the page holds, once: alone, in a list, or in the rows of a list.

    Types are read with `type`: `isinstance` would wake lazy values, and each of those asks the database.
    """
    values: list[Any] = []
    held: Iterable[Any] = context.flatten().values()
    for value in held:
        values.extend(_parts_of(value))
    forms = {id(each): each for each in values if issubclass(type(each), BaseForm) and each.is_bound}
    sets = {id(each): each for each in values if issubclass(type(each), BaseFormSet) and each.is_bound}
    return list(forms.values()), list(sets.values())


def _parts_of(value: Any) -> Iterator[Any]:
    """Yield what stands in a list, and in the rows of a list; else the value itself."""
    if not issubclass(type(value), list | tuple):
        yield value
        return
    for one in value:
        yield from one if issubclass(type(one), list | tuple) else [one]


def _problems_of(form: BaseForm) -> Iterator[Problem]:
    first = next(iter(form.visible_fields()), None)
    for message in form.non_field_errors():
        yield Problem(str(message), getattr(first, "focus_id", "main-content"))
    for field in form:
        target = getattr(first if field.is_hidden else field, "focus_id", "main-content")
        for message in field.errors:
            yield Problem(str(message), target)
