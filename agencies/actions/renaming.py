"""Agencies and teams get another name or telephone number; teams close and open again (docs/adr/0115)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from agencies.access import roles
from agencies.access.tasks import enqueue
from agencies.access.viewer import Viewer
from agencies.actions.correcting import STALE, keep_name
from agencies.actions.directory import record_change
from agencies.actions.leaving import TELL_LEFT_BEHIND
from agencies.choices import Role
from agencies.models import Agency, FormerName, Team
from common.errors import RuleBroken, StaleRecord


@transaction.atomic
def correct_agency(
    agency: Agency, *, name: str, short_name: str, telephone: str = "", viewer: Viewer, at: datetime, version: int
) -> Agency:
    """Give an agency another name or number; what happened and what was sent before keeps the name of its time.

    Which service it is and whether it is a core agency stay: both decide what its people may see.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: another agency has that name.
        StaleRecord: somebody changed it since the page was opened.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    locked: Agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if Agency.objects.filter(name__iexact=name).exclude(pk=agency.pk).exists():
        raise RuleBroken("There is another agency of that name.", field="name")
    former = FormerName(agency=locked, name=locked.name, short_name=locked.short_name)
    said = {"name": name, "short_name": short_name, "telephone": telephone}
    _correct(locked, said, former, viewer=viewer, at=at, version=version)
    return locked


@transaction.atomic
def correct_team(team: Team, *, name: str, telephone: str = "", viewer: Viewer, at: datetime, version: int) -> Team:
    """Give a team another name or number; what was handed over before keeps the name of its time.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: another team has that name.
        StaleRecord: somebody changed it since the page was opened.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    locked: Team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    if Team.objects.filter(name__iexact=name).exclude(pk=team.pk).exists():
        raise RuleBroken("There is another team of that name.", field="name")
    former = FormerName(team=locked, name=locked.name)
    _correct(locked, {"name": name, "telephone": telephone}, former, viewer=viewer, at=at, version=version)
    return locked


def _correct(
    locked: Agency | Team, said: dict[str, str], former: FormerName, *, viewer: Viewer, at: datetime, version: int
) -> None:
    """Write what changed, with the name as it was where a name changed; nothing where nothing did."""
    if locked.version != version:
        raise StaleRecord(STALE)
    changed = [column for column, value in said.items() if getattr(locked, column) != value]
    if not changed:
        return
    if {"name", "short_name"} & set(changed):
        keep_name(former, viewer=viewer, at=at)
    for column in changed:
        setattr(locked, column, said[column])
    locked.version += 1
    locked.save(update_fields=[*changed, "version"])
    verb = "agency.corrected" if isinstance(locked, Agency) else "team.corrected"
    record_change(verb, locked, viewer=viewer, at=at, changed=" ".join(sorted(changed)))


@transaction.atomic
def close_team(team: Team, *, viewer: Viewer, at: datetime) -> Team:
    """Let nothing more be handed to a team; what waits there goes to whoever sent it. Twice is once.

    What it has accepted stays open to its people.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    return _set_open(team, False, "team.closed", viewer=viewer, at=at)


@transaction.atomic
def reopen_team(team: Team, *, viewer: Viewer, at: datetime) -> Team:
    """Let a team be handed something again. Twice is once.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    return _set_open(team, True, "team.reopened", viewer=viewer, at=at)


def _set_open(team: Team, is_open: bool, verb: str, *, viewer: Viewer, at: datetime) -> Team:
    roles.require(viewer, Role.ADMINISTRATOR)
    locked: Team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    if locked.is_active != is_open:
        locked.is_active = is_open
        locked.version += 1
        locked.save(update_fields=["is_active", "version"])
        record_change(verb, locked, viewer=viewer, at=at)
        enqueue(TELL_LEFT_BEHIND)
    return locked
