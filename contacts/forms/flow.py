"""The pages of the public form as one flow. What was answered travels in hidden fields: nothing rests anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict

from common.forms import HubForm, HubFormSet
from contacts.choices import Channel, PersonKind, ReferrerKind
from contacts.forms.public import (
    HomeForm,
    KnowForm,
    PublicAdultSet,
    PublicChildSet,
    WhoForm,
    WorryForm,
    YouForm,
    told,
)
from contacts.rules.intake import Intake, ReportedReferrer

MOST_HIDDEN = 60_000
"""Characters that may travel along: more than every answer at its longest."""


@dataclass(frozen=True)
class Step:
    """One page: its key, its question, and the forms on it with the prefix of each."""

    key: str
    title: str
    parts: tuple[tuple[str, type[HubForm] | type[HubFormSet]], ...]


STEPS = (
    Step("who", "About you and your worry", (("who", WhoForm),)),
    Step("children", "Which children are you worried about?", (("children", PublicChildSet),)),
    Step("worry", "What are you worried about?", (("worry", WorryForm),)),
    Step("home", "Where they live, and who lives or stays there", (("home", HomeForm), ("adults", PublicAdultSet))),
    Step("know", "Does the family know?", (("know", KnowForm),)),
    Step("you", "How we can reach you", (("you", YouForm),)),
)
CHECK = "check"


@dataclass(frozen=True)
class Hidden:
    """An answer of another page, carried along."""

    name: str
    value: str


@dataclass(frozen=True)
class Answer:
    """One line of "check your answers"."""

    label: str
    value: Any
    step: str
    action: str = "Change"


class Flow:
    """The flow with all that was answered so far."""

    def __init__(self, posted: QueryDict | None) -> None:
        """Take in the answers; nothing is judged yet."""
        self.posted = posted if posted is not None else QueryDict()

    @property
    def steps(self) -> list[Step]:
        """The pages for this referrer: whoever wants to stay unknown is not asked who they are."""
        anonymous = self.posted.get("who-referrer_kind") == ReferrerKind.ANONYMOUS
        return [step for step in STEPS if not (anonymous and step.key == "you")]

    def step(self, key: str) -> Step:
        """Return a page by its key; the first one for a key that is none."""
        return next((step for step in self.steps if step.key == key), self.steps[0])

    def after(self, key: str) -> str:
        """Return the key of the page that follows."""
        keys = [step.key for step in self.steps]
        place = keys.index(key) + 1 if key in keys else len(keys)
        return keys[place] if place < len(keys) else CHECK

    def before(self, key: str) -> str:
        """Return the key of the page before; the first one has none before it."""
        keys = [*(step.key for step in self.steps), CHECK]
        return keys[max(keys.index(key) - 1, 0)] if key in keys else keys[0]

    def parts(self, step: Step, *, judged: bool) -> dict[str, HubForm | HubFormSet]:
        """Return the forms of a page: with what was answered, empty the first time.

        Args:
            judged: whether errors are to be shown.
        """
        made: dict[str, HubForm | HubFormSet] = {}
        changing = False
        for prefix, kind in step.parts:
            data = self.posted if self._has(prefix) else None
            if issubclass(kind, HubFormSet):
                people = kind(data, prefix=prefix)
                changing = changing or people.changing
                people.changing = people.changing or not judged
                made[prefix] = people
        for prefix, kind in step.parts:
            data = self.posted if self._has(prefix) else None
            if not issubclass(kind, HubFormSet):
                made[prefix] = kind(data, prefix=prefix, quiet=changing or not judged)
        return made

    def _has(self, prefix: str) -> bool:
        return any(key.startswith(f"{prefix}-") for key in self.posted)

    def hidden(self, shown: Step | None) -> list[Hidden]:
        """Return the answers of the pages that are not shown."""
        here = {prefix for prefix, _ in shown.parts} if shown else set()
        known = {prefix for step in STEPS for prefix, _ in step.parts}
        pairs = []
        for name, values in self.posted.lists():
            prefix, dash, rest = name.partition("-")
            if dash and prefix in known - here and rest not in {"add", "remove"}:
                pairs += [Hidden(name, str(value)) for value in values]
        return pairs if sum(len(one.value) for one in pairs) <= MOST_HIDDEN else []

    def first_faulty(self) -> Step | None:
        """Return the first page whose answers do not do, or None."""
        for step in self.steps:
            if not self.is_answered(step):
                return step
        return None

    def is_answered(self, step: Step) -> bool:
        """Say whether the answers of a page do."""
        return all(part.is_valid() for part in self.parts(step, judged=True).values())

    def answers(self) -> list[Answer]:
        """Return every answer for checking."""
        return [answer for step in self.steps for answer in self._answers(step)]

    def _answers(self, step: Step) -> Iterator[Answer]:
        for part in self.parts(step, judged=True).values():
            rows = part.forms if isinstance(part, HubFormSet) else [part]
            for place, form in enumerate(rows, start=1):
                whose = _whose(form, f"{part.noun} {place}") if isinstance(part, HubFormSet) else ""
                for label, shown in _said(form):
                    yield Answer(_question(label, shown, whose), shown, step.key)

    def intake(self, *, at: datetime) -> Intake:
        """Return the worry; every page must have been answered well."""
        parts: dict[str, Any] = {}
        for step in self.steps:
            parts |= self.parts(step, judged=True)
        said = {prefix: part.cleaned_data for prefix, part in parts.items() if part.is_valid()}
        people = [form.person for name in ("children", "adults") for form in parts[name].forms if form.has_changed()]
        if said["home"]["address"]:  # It was given as the answer to "Where does the child live?"
            people = [replace(one, lives_in_household=True) if one.kind == PersonKind.CHILD else one for one in people]
        return Intake(
            arrived_at=at,
            channel=Channel.ONLINE,
            referrer_kind=said["who"]["referrer_kind"],
            report=told(said["worry"]),
            people=tuple(people),
            referrer=_referrer(said.get("you")),
            happened_on=said["worry"]["happened_on"],
            immediate_danger={"yes": True, "no": False}.get(said["who"]["danger"]),
            address=said["home"]["address"],
            visit_hazard=True if said["home"]["hazards"].strip() else None,
            hazards=said["home"]["hazards"],
            dates_checked=True,  # The public is not asked twice; the front door reads it within the hour.
            **parts["know"].answers,
        )


def _whose(form: HubForm, otherwise: str) -> str:
    """Return whose answers a form holds: the first name, as far as it was given, else the place on the page."""
    name = form.cleaned_data.get("given_name", "") if form.is_valid() else ""
    return str(name) or otherwise.capitalize()


def _question(label: str, shown: Any, whose: str) -> str:
    """Return what was asked and about whom: "Craig's date of birth", or "Child 2: Not born yet" for a sentence."""
    if not whose:
        return label
    return f"{whose}: {label}" if shown is True or label.endswith("?") else f"{whose}'s {label[:1].lower()}{label[1:]}"


def _said(form: HubForm) -> Iterator[tuple[str, Any]]:
    """Yield label and answer of each question that was answered, in the words of the page."""
    if not form.is_valid():
        return
    for field in form.visible_fields():
        choices = getattr(field.field, "choices", None)
        shown = _chosen(choices, field.value()) if choices else form.cleaned_data.get(field.name)
        if shown not in ("", None, False):
            yield str(field.label), shown


def _chosen(choices: Any, said: Any) -> str:
    """Return the words of what was chosen, one answer or several."""
    words = dict(choices)
    return ", ".join(str(words[one]) for one in (said if isinstance(said, list) else [said]) if one in words)


def _referrer(you: dict[str, Any] | None) -> ReportedReferrer:
    if you is None:
        return ReportedReferrer()
    said = {name: value for name, value in you.items() if name != "keep_private"}
    return ReportedReferrer(is_private=you["keep_private"] == "no", **said)
