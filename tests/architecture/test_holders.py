"""Every column that names a person, an agency or a team: either somebody holds a thing by it, or it says who did what.

What is held is asked by who is at work today, in one place. A new column is classed here before it is built.
"""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from agencies.models import Agency, Membership, Team, User
from tests.architecture.test_models import OURS
from tests.architecture.test_source import CODE, ROOT

WORKER = "fw.works_on and fw.stands_in: its social worker while at work, a cover, whoever is on duty, the managers"
ROLE = "everybody of the role has it on the list, whoever is named"
HOLDERS = {
    "screening.Enquiry.social_worker": WORKER,
    "contacts.Contact.social_worker": WORKER,
    "information_sharing.InformationRequest.social_worker": WORKER,
    "decisions.MashSummary.social_worker": WORKER,
    "decisions.Undelivered.social_worker": WORKER,
    "clock.Deadline.membership": "the ladder tells whoever works on the enquiry (notices/actions/sweeping.py)",
    "contacts.Contact.claimed_by": "agencies.access.holders.held_by_nobody: to claim again",
    "contacts.Protection.convened_by": ROLE,
    "screening.Handover.sent_by": "every manager has it too; notify_or_holders",
    "screening.Handover.team": "fw.empty_teams: the managers ring",
    "decisions.MashSummary.team": "fw.empty_teams: the managers ring",
    "clock.Deadline.team": "the ladder tells the managers where it means nobody",
    "information_sharing.InformationRequest.agency": "fw.unanswerable: the managers ring",
    "clock.Deadline.agency": "the ladder tells the managers where it means nobody",
    "information_sharing.SafetyInstruction.agency": "fw.instructions_of_nobody: the managers ring",
    "information_sharing.Item.author": "fw.instructions_of_nobody: what is sealed passes to nobody",
    "information_sharing.SealedReader.membership": "fw.instructions_of_nobody: what is sealed passes to nobody",
    "decisions.CorrectionNotice.agency": "whoever passed it on sees that nobody has read it",
    "decisions.CorrectionNotice.team": "whoever passed it on sees that nobody has read it",
    "agencies.Review.membership": "dated; the managers see whether it holds",
    "agencies.BrokenGlass.membership": "ends by itself within twelve hours",
    "agencies.Absence.cover": "fw.covers_for asks whether the cover is at work",
    "agencies.Duty.membership": "fw.on_duty asks whether they are at work",
    "agencies.User.sponsor": "agencies.reads.names.reviews_due: the administrators, also where the sponsor has left",
    "notices.Notice.membership": "written to whoever is in force, withdrawn from whoever has left",
}
"""What somebody holds, and how it is asked whether they still do."""

BELONGS = {
    "agencies.Team.agency",
    "agencies.FormerName.user",
    "agencies.FormerName.agency",
    "agencies.FormerName.team",
    "agencies.Membership.user",
    "agencies.Membership.agency",
    "agencies.Membership.team",
    "agencies.RoleProposal.user",
    "agencies.RoleProposal.agency",
    "agencies.RoleProposal.team",
    "agencies.RoleProposal.replaces",
    "agencies.RoleProposal.membership",
    "agencies.Signature.agency",
    "agencies.PasswordTries.user",
    "agencies.StaffRecord.user",
    "agencies.Absence.membership",
    "agencies.ConflictOfInterest.user",
    "agencies.ConflictOfInterest.membership",
    "agencies.ConflictOfInterest.agency",
    "agencies.ConflictOfInterest.team",
    "agencies.EmergencyUse.agency",
    "contacts.StaffMatch.user",
    "screening.PanelView.agency",
    "information_sharing.Item.agency",
    "decisions.JointView.agency",
    "decisions.Dissent.agency",
    "decisions.SummaryItem.agency",
    "decisions.ConsideredItem.agency",
    "decisions.Undelivered.recipient",
}
"""Whose a row is or about whom, and nothing waits for them by it."""


def _named() -> set[str]:
    """Return every column that names somebody, but those that say who did something."""
    found = set()
    for label, model in OURS.items():
        for column in model._meta.concrete_fields:
            if column.related_model in (Membership, User, Agency, Team) and not column.name.endswith("_by"):
                found.add(f"{label}.{column.name}")
    return found


DONE_BY_AND_HELD = {name for name in HOLDERS if name.endswith("_by")}


def test_every_column_that_names_somebody_is_classed() -> None:
    assert _named() == (set(HOLDERS) - DONE_BY_AND_HELD) | BELONGS
    for name in DONE_BY_AND_HELD:
        label, _, column = name.rpartition(".")
        assert apps.get_model(label)._meta.get_field(column).related_model is Membership


ASKED_ELSEWHERE = re.compile(
    r"(?:social_worker|claimed_by)(?:_id)?__isnull|(?:social_worker|claimed_by)(?:_id)? is (?:not )?None"
    r"|if \w+\.(?:social_worker|claimed_by)(?:_id)?:"
)
MAY_ASK = {
    "contacts/querysets.py": 1,  # whether the hub has ever seen it, whoever that was
    "contacts/openings.py": 1,  # likewise
    "screening/models.py": 1,  # the words of an index
    "screening/queries/work.py": 2,  # newly rated, assigned to nobody yet; who has left comes by `_left_behind`
    "screening/queries/enquiry.py": 1,  # likewise, of a list
    "contacts/queries/listing.py": 1,  # names the worker, and how they stand
    "screening/queries/head.py": 1,  # names the worker, and how they stand
    "screening/actions/clocks.py": 1,  # hands the name to the clock, which asks again
}


@pytest.mark.parametrize("path", CODE, ids=str)
def test_nobody_asks_whether_a_column_is_empty_where_at_work_is_meant(path: object) -> None:
    text = (ROOT / str(path)).read_text(encoding="utf-8")
    assert len(ASKED_ELSEWHERE.findall(text)) == MAY_ASK.get(str(path), 0)
