"""A worry reaches the hub."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind, Role, SystemRole
from agencies.queries import hub_settings, members_holding
from audit.actions import record
from clock import actions as clock
from clock.choices import Measure, Start
from clock.rules.subject import Subject as ClockSubject
from common.blind_index import blind_index
from common.errors import MoveNotAllowed, RuleBroken
from common.moments import london_day, require_aware
from common.pages import path_of
from common.references import new_secret
from contacts import mail
from contacts.actions.dangers import clock_danger
from contacts.actions.rows import SECRET_PLACE, address_keys, place_keys, refuse, write_person, write_referrer
from contacts.choices import Channel, Known, ReferrerKind, SafeWay
from contacts.models import Contact, Receipt, Report
from contacts.rules.dates import clocks_from
from contacts.rules.intake import Intake, intake_problems
from contacts.rules.protected import shield_of_home
from contacts.rules.reaching import is_safe
from notices.actions import notify, notify_address
from notices.choices import Channel as Told

LOGGERS = (Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS)
"""Who logs what reaches the hub: the manager too, whose the work of an empty front door is."""


@dataclass(frozen=True)
class Received:
    """What a referrer without an account is shown once.

    Attributes:
        secret: kept nowhere but with them.
        mailed: whether a short receipt goes by mail.
    """

    contact: Contact
    reference: str
    secret: str
    mailed: bool = False


COPIED = (
    "channel",
    "referrer_kind",
    "concern",
    "happened_on",
    "crime_possible",
    "immediate_danger",
    "infant_mark",
    "came_in_flood",
    "address",
    "address_is_protected",
    "protected_from",
    "visit_hazard",
    "hazards",
    "known",
    "systems_searched",
    "open_to",
    "agreement",
    "agreement_reason",
    "may_tell",
    "may_tell_reason",
)
"""Columns of a contact that are called as in the intake."""


@transaction.atomic
def receive_contact(intake: Intake, *, viewer: Viewer, at: datetime) -> Contact:
    """Log a worry that reached the hub by telephone, mail, letter, visit or police notice.

    The referrer's words are written once. The clocks count from arrival; those who screen are told.

    Args:
        at: the moment of logging, aware; arrival may lie before it.

    Raises:
        NotPermitted: the viewer does not log contacts.
        RuleBroken: something in the intake cannot be; `field` names the answer.
    """
    roles.require(viewer, *LOGGERS)
    contact = _receive(intake, viewer=viewer, at=at)
    if _may_be_mailed(intake):
        notify_address(mail.received_by_staff(contact), intake.referrer.email, at=at)
    return contact


@transaction.atomic
def receive_public_contact(intake: Intake, *, viewer: Viewer, at: datetime) -> Received:
    """Take in what somebody without an account sent by the online form.

    Returns:
        The receipt's reference and the secret that opens its status page; of the secret only a hash is kept.

    Raises:
        NotPermitted: the viewer is not the public form.
        MoveNotAllowed: nobody has opened the form yet.
        RuleBroken: something in the intake cannot be.
    """
    roles.require(viewer, SystemRole.PUBLIC)
    if hub_settings().public_form_opened_at is None:
        raise MoveNotAllowed("The hub has not opened this form yet: ring it instead.")
    online = replace(intake, channel=Channel.ONLINE, arrived_at=at, known=Known.NOT_ASKED, concern="")
    contact = _receive(online, viewer=viewer, at=at)
    secret = new_secret()
    receipt = Receipt(contact=contact, secret_hash=blind_index(secret, place=SECRET_PLACE))
    receipt.save(force_insert=True)
    mailed = _may_be_mailed(intake)
    if mailed:
        staff_path = path_of("contact", contact.reference)
        notify_address(mail.received_by_form(receipt, staff_path=staff_path), intake.referrer.email, at=at)
    return Received(contact, receipt.reference, secret, mailed=mailed)


def _may_be_mailed(intake: Intake) -> bool:
    """Say whether a receipt goes out: they left an address, said that email is safe, and are not one of a flood.

    Whoever sends hundreds could else let the hub write to hundreds of addresses.
    """
    return not intake.came_in_flood and bool(intake.referrer.email) and is_safe(SafeWay.EMAIL, intake.referrer.safe_by)


def _receive(intake: Intake, *, viewer: Viewer, at: datetime) -> Contact:
    refuse(intake_problems(intake, at=at, today=london_day(at)))
    if intake.referrer_kind not in ReferrerKind.values or intake.channel not in Channel.values:
        raise RuleBroken("Choose who the referrer is and how it reached the hub from the list.", field="referrer_kind")
    home = shield_of_home(intake, intake.people)
    is_protected = home is not None
    contact = Contact(
        **{name: getattr(intake, name) for name in COPIED},
        arrived_at=require_aware(intake.arrived_at),
        logged_at=at,
        logged_by_id=viewer.membership_id if viewer.is_signed_in else None,
        address_keys=address_keys(intake.address, is_protected=is_protected),
        place_keys=place_keys(intake.address, is_protected=is_protected),
    )
    contact.save(force_insert=True)
    Report(contact=contact, text=intake.report).save(force_insert=True)
    write_referrer(contact, intake.referrer)
    for position, person in enumerate(intake.people, start=1):
        write_person(contact, person, position=position, home=home)
    _start_clocks(contact, at=at)
    _tell(contact, at=at)
    record(
        "contact.received",
        actor=viewer,
        at=at,
        record_type=contact._meta.label_lower,
        record_id=contact.pk,
        reference=contact.reference,
        details={"channel": contact.channel, "people": len(intake.people), "known": contact.known},
    )
    return contact


def _start_clocks(contact: Contact, *, at: datetime) -> None:
    about = ClockSubject("contact", contact.pk, contact.reference, case_id=contact.pk)
    moments = {Start.ARRIVAL: clocks_from(contact.arrived_at, contact.logged_at)}
    for measure in (Measure.FIRST_SIGHT, Measure.STATUTORY_STEP):
        clock.start_if_measured(about, measure, moments=moments, at=at)
    if contact.immediate_danger:
        clock_danger(contact, at=at)


def _tell(contact: Contact, *, at: datetime) -> None:
    """Tell social care's screeners; of an online contact the front door too; of danger the managers, by mail too."""
    wanted = [Role.SCREENER]
    if contact.channel == Channel.ONLINE:
        wanted.append(Role.FRONT_DOOR)
    if contact.immediate_danger:
        wanted.append(Role.MANAGER)
    told = [
        member.pk
        for member in members_holding(*wanted, at=at)
        if member.agency.kind == AgencyKind.SOCIAL_CARE or Role.SCREENER not in member.roles
    ]
    channels = (Told.IN_APP, Told.MAIL) if contact.immediate_danger else (Told.IN_APP,)
    notify(mail.arrival(contact), memberships=told, at=at, channels=channels)
