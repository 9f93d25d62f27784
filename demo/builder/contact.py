"""A story reaches the hub: it is logged, completed, acknowledged, and protected where it must be."""

from __future__ import annotations

from datetime import datetime, timedelta

from agencies.access.identity import acting_as
from agencies.access.viewer import PUBLIC, Viewer
from common.moments import london_day
from contacts import actions
from contacts.choices import Channel, PersonKind, ProtectState, ReferrerKind
from contacts.models import Subject
from contacts.rules.discussion import Discussion
from contacts.rules.intake import Intake, ReportedPerson, ReportedReferrer
from demo.builder.journey import Journey
from demo.shapes import ContactText, ReferrerText, Someone

LOGGED_AFTER_MINUTES = 7
LED_BY_OTHERS = "Children's social care leads the section 47 enquiry from here; the police deal with the offence."


def receive(journey: Journey, *, by: Viewer | None = None) -> None:
    """Log the contact, by the front door or whoever is named; an online one comes by the public form."""
    text = journey.case.contact
    intake = _intake(journey, journey.pace.moment)
    if text.channel == Channel.ONLINE:
        with acting_as(PUBLIC):
            journey.contact = actions.receive_public_contact(intake, viewer=PUBLIC, at=intake.arrived_at).contact
    with acting_as(by or journey.front_door) as viewer:
        if text.channel != Channel.ONLINE:
            at = journey.pace.after(LOGGED_AFTER_MINUTES)
            journey.contact = actions.receive_contact(intake, viewer=viewer, at=at)
        rows = {row.position: row for row in Subject.objects.filter(contact=journey.contact)}
        journey.people = {one.key: rows[place] for place, one in enumerate(text.people, start=1)}
        _relate(journey, viewer)


def _intake(journey: Journey, arrived_at: datetime) -> Intake:
    text, today = journey.case.contact, london_day(arrived_at)
    happened = None if text.happened_days_ago is None else today - timedelta(days=text.happened_days_ago)
    return Intake(
        arrived_at=arrived_at,
        channel=text.channel,
        referrer_kind=text.referrer.kind,
        report=text.reported,
        concern=text.concern,
        people=tuple(_person(one, journey) for one in text.people),
        referrer=_referrer(text.referrer),
        happened_on=happened,
        crime_possible=text.crime_possible,
        immediate_danger=text.immediate_danger,
        address=text.address,
        address_is_protected=text.address_is_protected,
        protected_from=text.protected_from,
        visit_hazard=True if text.hazards else None if text.channel == Channel.ONLINE else False,
        hazards=text.hazards,
        known=text.known,
        systems_searched=text.systems_searched,
        open_to=text.open_to,
        agreement=text.agreement,
        agreement_reason=text.agreement_reason,
        may_tell=text.may_tell,
        may_tell_reason=text.may_tell_reason,
    )


def _person(one: Someone, journey: Journey) -> ReportedPerson:
    return ReportedPerson(
        kind=PersonKind.CHILD if one.is_child else PersonKind.ADULT,
        given_name=one.given_name,
        family_name=one.family_name,
        is_unborn=one.is_unborn,
        date_of_birth=one.born_on(journey.born_from),
        expected_on=one.expected_on(journey.born_from),
        age_reported=one.age_reported,
        sex=one.sex,
        ethnicity=one.ethnicity,
        language=one.language,
        disability=one.disability,
        school=one.school,
        practice=one.practice,
        nhs_number=one.nhs_number,
        lives_in_household=one.lives_in_household,
        address=one.address,
        part=one.part,
    )


def _referrer(text: ReferrerText) -> ReportedReferrer:
    return ReportedReferrer(
        name=text.name,
        organisation=text.organisation,
        post=text.post,
        email=text.email,
        telephone=text.telephone,
        safe_by=list(text.safe_by),
        safe_ways=text.safe_ways,
        own_reference=text.own_reference,
    )


def _relate(journey: Journey, viewer: Viewer) -> None:
    people, at = journey.people, journey.pace.after(1)
    for one in journey.case.contact.relations:
        actions.relate(journey.contact, people[one.subject], people[one.to], one.kind, viewer=viewer, at=at)


def complete(journey: Journey) -> None:
    """Let the front door complete what came by the public form: concern, searches, agreement."""
    text: ContactText = journey.case.contact
    if text.channel != Channel.ONLINE:
        return
    changes = {
        "concern": text.concern,
        "known": text.known,
        "systems_searched": text.systems_searched,
        "agreement": text.agreement,
        "agreement_reason": text.agreement_reason,
        "may_tell": text.may_tell,
        "may_tell_reason": text.may_tell_reason,
    }
    viewer, at = journey.front_door, journey.pace.after(12)
    with acting_as(viewer):
        actions.claim_contact(journey.contact, viewer=viewer, at=at)
        actions.amend_contact(journey.contact, changes, viewer=viewer, at=at)


def acknowledge(journey: Journey) -> None:
    """Let the screener, a registered social worker, acknowledge it, unless there is nobody to acknowledge to."""
    if journey.case.contact.referrer.kind == ReferrerKind.ANONYMOUS:
        return
    with acting_as(journey.screener) as viewer:
        actions.acknowledge_contact(journey.contact, viewer=viewer, at=journey.pace.after(9))


def link_people(journey: Journey, earlier: Journey) -> None:
    """Let the front door decide that people of this contact are those of an earlier one."""
    shared = journey.people.keys() & earlier.people.keys()
    with acting_as(journey.front_door) as viewer:
        for key in sorted(shared):
            other = earlier.people[key]
            other.refresh_from_db()
            at = journey.pace.after(2)
            actions.link_person(journey.people[key], other, matched_on=("name", "birth"), viewer=viewer, at=at)


def raise_alarm(journey: Journey, *, safe_from: datetime | None = None) -> None:
    """Protect now: raise, and say where each child is.

    Args:
        safe_from: the moment from which the hours of safety count; the moment of recording where left out.
    """
    protect = journey.case.protect
    if protect is None:
        return
    with acting_as(journey.front_door) as viewer:
        at = journey.pace.after(3)
        raised = actions.protect_now(journey.contact, protect.reason, viewer=viewer, at=at)
        for place in protect.places:
            hours = place.safe_hours
            actions.record_whereabouts(
                raised.protection,
                journey.people[place.child],
                place=place.place,
                with_whom=place.with_whom,
                safe_until=None if hours is None else (safe_from or at) + timedelta(hours=hours),
                viewer=viewer,
                at=at,
            )


def end_protection(journey: Journey) -> None:
    """Let the manager end the protective work, once those who took over lead it."""
    with acting_as(journey.manager) as viewer:
        for protection in journey.contact.protections.filter(state=ProtectState.HELD):
            actions.end_protection(protection, LED_BY_OTHERS, viewer=viewer, at=journey.pace.after(12))


def hold_discussion(journey: Journey, *, only_convene: bool = False) -> None:
    """Let the social worker convene the strategy discussion and record what it agreed."""
    protect = journey.case.protect
    if protect is None:
        return
    with acting_as(journey.worker) as viewer:
        protection = journey.contact.protections.get()
        actions.convene(protection, viewer=viewer, at=journey.pace.after(5))
        if only_convene or not protect.agreed:
            return
        at = journey.pace.after(35)
        said = Discussion(
            held_at=at,
            present=protect.present,
            agreed=protect.agreed,
            section_47=protect.section_47,
            invited=protect.invited,
            actions=protect.actions,
        )
        actions.hold_discussion(protection, said, viewer=viewer, at=at)
