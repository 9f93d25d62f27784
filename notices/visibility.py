"""Who may see which notice."""

from django.db.models import Q

from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.firewall import rule
from agencies.access.viewer import Viewer
from agencies.choices import Role, SystemRole
from notices.choices import Channel
from notices.models import DeadLetter, Notice


@rule(Notice, reference="reference")
def notice_rule(viewer: Viewer) -> Q:
    """Open what was told in the hub to its recipient; mail, with its address and text, to its sender alone.

    Whoever holds no role any more, as while their agency's signature has lapsed, has no page of messages either: that
    something is asked about a child stands in them.
    """
    if viewer.has(SystemRole.CLOCK):
        return EVERYTHING
    if viewer.is_signed_in and (viewer.roles or viewer.case_access.emergency_route):
        return Q(membership_id=viewer.membership_id, channel=Channel.IN_APP)
    return NOTHING


@rule(DeadLetter, reference="reference")
def dead_letter_rule(viewer: Viewer) -> Q:
    """Open mails that did not leave to those who see to them; neither address nor text stands there.

    What one of the hub's own people was to be told may say that something sealed is held: front door and manager see
    to mail for people without an account, the administrator to every mailbox and to no reference (`_give_up`).
    """
    if viewer.has(Role.ADMINISTRATOR, SystemRole.CLOCK):
        return EVERYTHING
    return Q(is_to_the_public=True) if viewer.has(Role.MANAGER, Role.FRONT_DOOR) else NOTHING
