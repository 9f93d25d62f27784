"""Taking people from a spreadsheet: tried first and shown, then done as it was shown (docs/adr/0116)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.actions.correcting import Particulars, correct_account
from agencies.actions.directory import create_account
from agencies.actions.proposing import propose_membership
from agencies.choices import APART, Role
from agencies.models import Agency, Membership, RoleProposal, Team, User
from agencies.reads.people_file import PersonLine
from common.errors import MoveNotAllowed, RuleBroken
from common.moments import london_day

NEW, CHANGED, SAME, REFUSED = "New", "Changed", "As it is", "Left out"
OTHERWISE = "What these lines would do has changed since you looked. Nothing was done: open the page again."


@dataclass(frozen=True)
class LineDone:
    """What came of one line, or would.

    Attributes:
        what: one of `NEW`, `CHANGED`, `SAME`, `REFUSED`.
        words: what is done, or why nothing is, a sentence.
    """

    number: int
    name: str
    what: str
    words: str


@dataclass(frozen=True)
class Taken:
    """What came of all lines, or would."""

    lines: Sequence[LineDone]

    @property
    def numbers(self) -> dict[str, int]:
        """How many lines of each kind."""
        found = Counter(one.what for one in self.lines)
        return {what: found[what] for what in (NEW, CHANGED, SAME, REFUSED)}

    @property
    def mark(self) -> str:
        """A mark that changes with anything that the lines would do."""
        said = json.dumps([[one.number, one.name, one.what, one.words] for one in self.lines])
        return hashlib.sha256(said.encode()).hexdigest()


def try_people(lines: Sequence[PersonLine], *, viewer: Viewer, at: datetime) -> Taken:
    """Return what `take_people` would do with these lines; all of it is taken back.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    with transaction.atomic():
        taken = Taken(_take_all(lines, viewer=viewer, at=at))
        transaction.set_rollback(True)
    return taken


@transaction.atomic
def take_people(lines: Sequence[PersonLine], *, mark: str, viewer: Viewer, at: datetime) -> Taken:
    """Make and correct accounts and memberships as the lines say; a line that breaks a rule is left out.

    No address is changed by a file, no membership ended and nobody invited. A case role waits for a manager's word.

    Args:
        mark: of what was shown before.

    Raises:
        NotPermitted: the viewer is no administrator.
        MoveNotAllowed: the lines would do something else by now.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    taken = Taken(_take_all(lines, viewer=viewer, at=at))
    if taken.mark != mark:
        raise MoveNotAllowed(OTHERWISE)
    return taken


def _take_all(lines: Sequence[PersonLine], *, viewer: Viewer, at: datetime) -> list[LineDone]:
    places = _Places()
    found = []
    for line in lines:
        what, words = REFUSED, line.wrong
        try:
            if not line.wrong:
                with transaction.atomic():
                    what, words = _take(line, places, viewer=viewer, at=at)
        except RuleBroken as error:
            words = error.sentence
        found.append(LineDone(line.number, line.name, what, words))
    return found


class _Places:
    """Open agencies and teams by how a file may write them."""

    def __init__(self) -> None:
        self._agencies: dict[str, Agency] = {}
        for agency in Agency.objects.filter(is_active=True):
            self._agencies |= {agency.short_name.lower(): agency}
        for agency in Agency.objects.filter(is_active=True):
            self._agencies |= {agency.name.lower(): agency}
        rows = Team.objects.filter(is_active=True, agency__is_active=True)
        self._teams = {team.name.lower(): team for team in rows}

    def agency(self, name: str) -> Agency:
        found = self._agencies.get(name.lower())
        if found is None:
            raise RuleBroken(f"There is no open agency “{name}”: enter it first, or write it as the directory does.")
        return found

    def team(self, name: str) -> Team | None:
        if name and name.lower() not in self._teams:
            raise RuleBroken(f"There is no open team “{name}”: enter it first, or write it as the directory does.")
        return self._teams.get(name.lower()) if name else None


def _take(line: PersonLine, places: _Places, *, viewer: Viewer, at: datetime) -> tuple[str, str]:
    """Do what one line says; return what kind of thing that was, and the sentence."""
    user = User.objects.filter(email=line.email).first()  # Kept in small letters, as the line is.
    done = []
    what = CHANGED
    if user is None:
        user = create_account(
            line.email,
            line.name,
            password=None,
            registered=bool(line.registered),
            telephone=line.telephone or "",
            viewer=viewer,
            at=at,
        )
        what, done = NEW, ["an account"]
    corrected = _correct(user, line, viewer=viewer, at=at)
    done += [] if what == NEW else corrected
    done += _join(user, line, places, viewer=viewer, at=at)
    words = ", ".join(done)
    return (what, f"{words[:1].upper()}{words[1:]}.") if done else (SAME, "Nothing is to be done.")


def _correct(user: User, line: PersonLine, *, viewer: Viewer, at: datetime) -> list[str]:
    now = Particulars(
        user.name,
        user.email,
        user.telephone,
        user.job_title,
        user.is_registered_social_worker,
        user.sponsor,
        user.review_on,
    )
    said = replace(
        now,
        name=line.name,
        telephone=now.telephone if line.telephone is None else line.telephone,
        job_title=now.job_title if line.job_title is None else line.job_title,
        is_registered_social_worker=now.is_registered_social_worker if line.registered is None else line.registered,
    )
    if said == now:
        return []
    correct_account(user, said, viewer=viewer, at=at, version=user.version)
    words = {
        "name": "name",
        "telephone": "telephone",
        "job_title": "job title",
        "is_registered_social_worker": "registration",
    }
    return [f"{word} corrected" for column, word in words.items() if getattr(said, column) != getattr(now, column)]


def _join(user: User, line: PersonLine, places: _Places, *, viewer: Viewer, at: datetime) -> list[str]:
    """Let somebody work where the line says, unless they do or it waits for a word already."""
    if not line.agency:
        return []
    agency, team, today = places.agency(line.agency), places.team(line.team), london_day(at)
    same = {"user": user, "agency": agency, "team": team, "roles": list(line.roles)}
    held = Membership.objects.filter(**same, ended_at__isnull=True).exclude(ends_on__lt=today)
    if held.exists() or RoleProposal.objects.filter(**same, answer="").exists():
        return []
    propose_membership(
        user,
        agency,
        line.roles,
        team=team,
        starts_on=line.starts_on or today,
        ends_on=line.ends_on,
        viewer=viewer,
        at=at,
    )
    named = ", ".join(str(Role(role).label).lower() for role in line.roles)
    waits = ", which waits for a MASH manager's word" if set(line.roles) - APART else ""
    return [f"a membership in {agency.short_name} as {named}{waits}"]
