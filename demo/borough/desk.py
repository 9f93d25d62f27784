"""A move without a browser: the view that takes a route is called as the person, and its forms fill themselves.

It is the same registry, form and action, under the same login and both walls, with a real commit. What is
left out is what a browser needs: the page before it, and the drawing of the page after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from unittest import mock
from uuid import uuid4

from django import shortcuts
from django.contrib.messages import ERROR
from django.contrib.sessions.backends.cache import SessionStore
from django.db import transaction
from django.forms import BaseForm, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet, ManagementForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve

from agencies.access.identity import acting_as
from agencies.access.viewer import HubRequest, Viewer
from common.errors import HubError
from common.forms import DayWidget
from demo.borough.hands import Answers, Hand
from demo.borough.markup import Field, Form
from demo.borough.visitors import BrokenPage, Visitor

KINDS = ((CheckboxInput, "checkbox"), (CheckboxSelectMultiple, "checkbox"), (RadioSelect, "radio"), (Select, "select"))
MOVED, REFUSED = frozenset({301, 302, 303}), 400
VERSION = "version"
TOTAL, INITIAL = "TOTAL_FORMS", "INITIAL_FORMS"


class Typed(QueryDict):
    """What somebody sends: as soon as a view asks whether a form is right, its questions have their answers.

    Attributes:
        answers: all that was typed, by the name of the question.
        problems: what the forms objected to.
    """

    def __init__(self, known: Answers, hand: Hand | None) -> None:
        """Begin with what is known: the key, the version, the button; all other questions are answered by the hand.

        Without a hand they are left as they are drawn.
        """
        super().__init__(mutable=True)
        self.hand = hand
        self.answers: Answers = {}
        self.problems: list[str] = []
        self._known = frozenset(known)
        self._filled: set[str] = set()
        for name, said in known.items():
            self.setlist(name, list(said))

    def fill(self, form: BaseForm) -> None:
        """Answer the questions of a form, once."""
        mark = f"{type(form).__name__} {form.prefix}"
        if mark in self._filled:
            return
        self._filled.add(mark)
        if isinstance(form, ManagementForm):
            said: Answers = {form.add_prefix(TOTAL): ["1"], form.add_prefix(INITIAL): ["0"]}
        else:
            asked = asked_by(form)
            said = self.hand.fill(asked) if self.hand else asked.drawn
        for name in said.keys() - self._known:
            self.setlist(name, said[name])
            self.answers[name] = said[name]
        if said.get(VERSION, [""])[0]:  # A form that knows which version it shows knows better.
            self.setlist(VERSION, said[VERSION])


def asked_by(form: BaseForm) -> Form:
    """Return the questions of a form as its page would ask them."""
    asked = Form("", "", "post")
    for one in form:
        asked.fields |= {field.name: field for field in _fields(one)}
    return asked


def _fields(bound: BoundField) -> Iterator[Field]:
    widget, name, drawn = bound.field.widget, bound.html_name, bound.initial
    if isinstance(widget, DayWidget):
        for (part, _label, _width), text in zip(widget.parts, widget.decompress(drawn), strict=True):
            yield Field(f"{name}_{part}", "text", drawn=[text] if text else [])
        return
    kind = next((kind for widget_type, kind in KINDS if isinstance(widget, widget_type)), "text")
    if widget.is_hidden:
        yield Field(name, "hidden", drawn=["" if drawn is None else str(drawn)])
    elif kind == "text":
        yield Field(name, kind, drawn=[str(drawn)] if drawn not in (None, "") else [])
    elif isinstance(widget, CheckboxInput):
        yield Field(name, kind, ["on"], ["on"] if drawn else [])
    else:
        choices = [(str(value), str(words)) for value, words in _flat(widget.choices)]
        said = [
            str(one) for one in (drawn if isinstance(drawn, list | tuple | set) else [drawn]) if one not in (None, "")
        ]
        yield Field(name, kind, [value for value, _ in choices], said, [words for _, words in choices])


def _flat(choices: Sequence[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    for value, words in choices:
        yield from _flat(words) if isinstance(words, list | tuple) else [(value, words)]


@contextmanager
def nothing_drawn() -> Iterator[dict[str, Any]]:
    """Let views be called without drawing, and let what is typed be typed when a form is judged.

    Yields:
        What the last page would have been drawn from.
    """
    shown: dict[str, Any] = {}
    judged, judged_together = BaseForm.full_clean, BaseFormSet.full_clean

    def full_clean(form: BaseForm) -> None:
        if isinstance(form.data, Typed):
            form.data.fill(form)
        judged(form)

    def full_clean_together(forms: BaseFormSet[BaseForm]) -> None:
        if isinstance(forms.data, Typed):
            for form in forms.forms:  # Before a set asks which of them were left empty.
                forms.data.fill(form)
        judged_together(forms)

    def draw(template: str, context: Mapping[str, Any] | None = None, *rest: object, **more: object) -> str:
        shown.update(context or {})
        return ""

    quiet = mock.Mock(spec=["render_to_string"], render_to_string=draw)
    together = mock.patch.object(BaseFormSet, "full_clean", full_clean_together)
    with mock.patch.object(BaseForm, "full_clean", full_clean), together, mock.patch.object(shortcuts, "loader", quiet):
        yield shown


def forms_in(shown: Mapping[str, Any]) -> list[BaseForm]:
    """Return the forms of a page, those of a set one by one."""
    found: list[BaseForm] = []
    for one in shown.values():
        several = one if isinstance(one, BaseFormSet | list | tuple) else [one]
        found += [form for form in several if isinstance(form, BaseForm)]
    return found


@dataclass
class Said:
    """Takes the sentences that a view leaves for the next page."""

    refusals: list[str] = field(default_factory=list)

    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        """Take one; a refusal of a button is one, too."""
        if level >= ERROR:
            self.refusals.append(message)


@dataclass(frozen=True)
class Sent:
    """What came of sending a form.

    Attributes:
        location: where the hub leads next.
    """

    status: int
    location: str
    typed: Typed
    refusals: list[str]

    @property
    def is_done(self) -> bool:
        """Whether the hub took it."""
        return self.status in MOVED and not self.refusals


def send(visitor: Visitor, viewer: Viewer, address: str, known: Answers, *, fills: bool = True) -> Sent:
    """Let somebody send the form of an address.

    Args:
        viewer: who they are at this moment.
        known: what is sent whatever the form asks.
        fills: answer the other questions, too.

    Raises:
        BrokenPage: the hub failed.
    """
    typed = Typed({"submission_key": [str(uuid4())], **known}, visitor.hand if fills else None)
    said = Said()
    request = _request(visitor, address, typed, said)
    found = request.resolver_match = resolve(request.path)

    try:
        with nothing_drawn() as shown, acting_as(viewer, to_write=True) as acting:
            request.declarer, request.viewer = acting, acting.to_write()
            response: HttpResponse = found.func(request, *found.args, **found.kwargs)
            if response.status_code >= REFUSED:
                transaction.set_rollback(True)
    except HubError as refusal:
        return Sent(refusal.status, "", typed, [refusal.sentence])
    except Exception as error:
        raise BrokenPage(f"POST {address}", error) from error
    typed.problems += [str(one) for form in forms_in(shown) for errors in form.errors.values() for one in errors]
    return Sent(response.status_code, response.get("Location", ""), typed, said.refusals)


def opened(visitor: Visitor, viewer: Viewer, address: str) -> list[Form]:
    """Let somebody open a page without drawing it; return what its forms ask, none where it does not open.

    Raises:
        BrokenPage: the hub failed.
    """
    request = _request(visitor, address, Typed({}, None), Said())
    request.method = "GET"
    found = request.resolver_match = resolve(request.path)
    try:
        with nothing_drawn() as shown, acting_as(viewer) as acting:
            request.declarer = request.viewer = acting
            found.func(request, *found.args, **found.kwargs)
            return [asked_by(form) for form in forms_in(shown)]
    except HubError:
        return []
    except Exception as error:
        raise BrokenPage(f"GET {address}", error) from error


def _request(visitor: Visitor, address: str, typed: Typed, said: Said) -> HubRequest:
    request = cast(HubRequest, HttpRequest())
    path, _, query = address.partition("?")
    request.method, request.path, request.path_info = "POST", path, path
    request.GET = QueryDict(query)
    request.META |= {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "testserver", "SERVER_NAME": "testserver"}
    request.POST = typed  # type: ignore[assignment]
    request.user = visitor.membership.user
    request.session = SessionStore()
    request.session["membership"] = str(visitor.membership.pk)
    request._messages = said  # type: ignore[attr-defined]  # noqa: SLF001 - where Django looks for it
    return request
