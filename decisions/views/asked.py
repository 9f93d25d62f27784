"""What the page of a summary asks for after the release, as data: each move with its form and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from common.views import offer_of
from decisions.actions import Replacement

if TYPE_CHECKING:
    from common.forms import ChangeForm
    from decisions.models import MashSummary

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A move after the release as the page of the summary asks for it.

    Attributes:
        key: under which the page finds its form.
        comes_first: it stands above the summary: the page is there for it.
        given: what of the answers the action takes, in its order.
        done: the sentence after it was done.
        back: the route to which one goes on.
    """

    event: str
    key: str
    title: str
    label: str
    given: Callable[[Answers], tuple[object, ...]]
    done: str
    back: str = "decisions:summary"
    comes_first: bool = False


ASKED = (
    Asked(
        "summary.plan_said",
        "plan",
        "Say whether this changes your plan",
        "Send to the hub",
        lambda said: (said["changes_plan"], said["text"]),
        "Your answer is with the hub.",
        comes_first=True,
    ),
    Asked(
        "summary.telephoned",
        "telephoned",
        "Record that you telephoned the team",
        "Record the call",
        lambda said: (said["text"],),
        "The call is recorded.",
    ),
    Asked(
        "summary.change_settled",
        "stands",
        "It stands as it is",
        "It stands",
        lambda said: (said["text"],),
        "The summary stands. The team is told why.",
    ),
    Asked(
        "summary.superseded",
        "supersede",
        "Replace this summary",
        "Replace it",
        lambda said: (Replacement(said["because"], said["text"]),),
        "{reference} is replaced: the team keeps it, stamped. Prepare the new one here.",
        "decisions:release",
    ),
    Asked(
        "summary.recalled",
        "recall",
        "Hide it from the team: a breach",
        "Hide it and record the breach",
        lambda said: (said["reason"], said["text"]),
        "{reference} is hidden from the team. The breach is recorded.",
        "decisions:release",
    ),
)


def asked_after_release(
    summary: MashSummary, moves: set[str], *, has_changed: bool, bound: ChangeForm | None = None
) -> list[Any]:
    """Return what the page asks for now: title, label, address and form of each move that is open.

    Args:
        has_changed: something in it is not as it was sent, and is not settled.
        bound: the form that was sent and refused, in its own place.
    """
    found = []
    for one in ASKED:
        if one.event not in moves or (one.key == "stands" and not has_changed):
            continue
        made = offer_of(one.event).form
        assert made is not None  # noqa: S101  # each of them asks for something
        form = bound if isinstance(bound, made) else made(initial={"version": summary.version}, auto_id=f"{one.key}_%s")
        url = reverse(f"decisions:{one.key}", args=[summary.reference])
        found.append({"title": one.title, "label": one.label, "url": url, "form": form, "comes_first": one.comes_first})
    return found
