"""A manager answers a case role that an administrator has proposed, and the administrator is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

import agencies.actions as directory
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import RoleProposal
from notices.actions import notify_or_holders
from screening import mail


@transaction.atomic
def answer_proposed_roles(
    proposal: RoleProposal, *, yes: bool, reason: str = "", viewer: Viewer, at: datetime, version: int
) -> RoleProposal:
    """Give a manager's word for case roles, or say no and why; whoever proposed them is told.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: it is about the viewer, or they proposed it.
        MoveNotAllowed: it was answered or withdrawn already.
        StaleRecord: it has changed since the page was opened.
        RuleBroken: no without a reason, or roles that cannot be given any more.
    """
    if yes:
        answered = directory.give_word(proposal, viewer=viewer, at=at, version=version)
    else:
        answered = directory.refuse_roles(proposal, reason, viewer=viewer, at=at, version=version)
    notify_or_holders(mail.roles_answered(answered), answered.proposed_by_id, Role.ADMINISTRATOR, at=at)
    return answered
