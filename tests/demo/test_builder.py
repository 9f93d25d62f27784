"""The demo hub is built through the actions and looks like a hub at work."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.db import models
from pytest_django import Settings

from agencies.access.identity import acting_as
from agencies.choices import Role
from audit.models import Event
from clock.choices import Colour
from clock.models import Deadline
from contacts.choices import ContactState, Ending, ProtectState
from contacts.models import Contact, Protection, Subject
from decisions.choices import FeedbackState, SummaryState
from decisions.models import Complaint, FamilyLetter, Feedback, MashSummary, SummaryInstruction
from demo.builder import is_built
from demo.builder.plan import PAST, UNDER_WAY, WAITING
from demo.cases import CASES
from demo.people import PEOPLE
from demo.plausible import RULES
from demo.plausible.reading import read_acts, read_hub
from information_sharing.choices import Handling, InstructionState, RequestState
from information_sharing.models import InformationRequest, Item, SafetyInstruction
from mash.worklist import work_of
from notices.choices import Channel
from notices.models import Notice
from screening.choices import EnquiryState, Exit, HandoverState
from screening.models import Enquiry, Handover, Screening
from tests.demo.conftest import Built

AHEAD = {
    "due_at",
    "policy_due_at",
    "own_due_at",
    "next_check_at",
    "safe_until",
    "screeners_see_until",
    "cannot_until",
}
"""Moments that may lie ahead: deadlines and what people promise."""

OURS = ("contacts", "screening", "information_sharing", "decisions", "clock", "notices")
NOTHING_WAITS = {Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR}
LAPSED = "voluntary_researcher"


def tally(model: type[models.Model], column: str) -> Counter[str]:
    return Counter(model._default_manager.values_list(column, flat=True))


def test_every_stage_has_contacts(built: Built) -> None:
    with acting_as(built.hub.viewer("maeve_manager")):
        assert Contact.objects.count() == built.contacts
        assert built.contacts == len((*CASES, *PAST, *WAITING, *UNDER_WAY))
        states = tally(Contact, "state")
        assert set(states) == set(ContactState.values)
        assert states[ContactState.RECEIVED] >= 8
        assert states[ContactState.WITH_PANEL] >= 3
        assert set(tally(Screening, "exit")) == {*Exit.values, ""}
        assert set(tally(Enquiry, "state")) == set(EnquiryState.values)
        assert set(tally(Enquiry, "colour")) == {*Colour.values, ""}
        assert set(tally(Handover, "state")) >= {HandoverState.SENT, HandoverState.QUERIED, HandoverState.DECLINED}
        assert set(tally(MashSummary, "state")) >= {
            SummaryState.WITH_MANAGER,
            SummaryState.SENT,
            SummaryState.QUERIED,
            SummaryState.ACCEPTED,
            SummaryState.DECLINED,
        }
        assert set(tally(Subject, "ending")) == {*Ending.values, ""}


def test_what_hangs_on_them_is_there(built: Built) -> None:
    with acting_as(built.hub.viewer("maeve_manager")):
        assert set(tally(Protection, "state")) == set(ProtectState)
        assert set(tally(InformationRequest, "state")) >= {
            RequestState.SENT,
            RequestState.HEARD,
            RequestState.CANNOT_SEARCH,
            RequestState.ANSWERED,
        }
        assert set(tally(Item, "handling")) == set(Handling.values)
        assert set(tally(SafetyInstruction, "state")) == {
            InstructionState.PROPOSED,
            InstructionState.AGREED,
            InstructionState.REFUSED,
        }
        assert set(tally(Feedback, "state")) >= {FeedbackState.SENT, FeedbackState.SPOKEN, FeedbackState.NOT_POSSIBLE}
        assert set(tally(FamilyLetter, "state")) == {"sent", "held_back"}
        assert set(tally(Complaint, "state")) == {"open", "answered"}
        joined = Counter(Contact.objects.exclude(enquiry_id=None).values_list("enquiry_id", flat=True))
        assert max(joined.values()) == 2
        assert Subject.objects.filter(is_unborn=True).exists()
        assert Contact.objects.filter(referrer_kind="anonymous").count() >= 2
        assert Contact.objects.filter(channel="online").count() >= 4


def test_the_six_cases_ended_with_feedback(built: Built) -> None:
    with acting_as(built.hub.viewer("maeve_manager")):
        for case in CASES:
            contact = Contact.objects.get(report__text=case.contact.reported)
            assert contact.state == ContactState.ENDED, case.key
            assert case.decision is not None
            assert case.feedback is not None
            endings = list(contact.subjects.filter(kind="child").values_list("ending", flat=True))
            assert endings == [one.outcome for one in case.decision.children]
            assert contact.feedback.get().state == case.feedback.state
            assert contact.arrived_at >= built.at - timedelta(days=15)
        sealed = Contact.objects.get(report__text=CASES[0].contact.reported)
        instruction = SummaryInstruction.objects.get(summary__enquiry__reference=sealed.enquiry_reference)
        assert "Always two workers" in instruction.text


def test_clocks_are_live(built: Built) -> None:
    with acting_as(built.hub.viewer("maeve_manager")):
        red = Enquiry.objects.filter(colour=Colour.RED, state__in=[EnquiryState.GATHERING, EnquiryState.DECIDING])
        left = sorted((due - built.at).total_seconds() / 60 for due in red.values_list("due_at", flat=True) if due)
        assert left[0] < 0
        assert any(0 < minutes < 60 for minutes in left)
        open_ = Deadline.objects.filter(met_at=None, cancelled_at=None)
        assert {"amber", "green", "red", ""} <= set(open_.values_list("colour", flat=True))
        assert open_.filter(due_at__lt=built.at).count() >= 10
        assert open_.filter(due_at__gt=built.at).count() >= 20


def test_nothing_has_happened_in_the_future(built: Built) -> None:
    late: list[str] = []
    with acting_as(built.hub.viewer("maeve_manager")):
        for app in OURS:
            for model in apps.get_app_config(app).get_models():
                moments = [field.name for field in model._meta.get_fields() if isinstance(field, models.DateTimeField)]
                for name in set(moments) - AHEAD:
                    latest: datetime | None = model._default_manager.aggregate(latest=models.Max(name))["latest"]
                    if latest is not None and latest > built.at and model._meta.label != "clock.RatingPolicy":
                        late.append(f"{model._meta.label}.{name}: {latest}")
    assert late == []


def test_somebody_of_every_role_has_work(built: Built) -> None:
    waits: dict[str, int] = Counter()
    for person in PEOPLE:
        viewer = built.hub.viewer(person.key)
        with acting_as(viewer):
            count = work_of(viewer, at=built.at).count
        for role in person.roles:
            waits[role] += count
        if not NOTHING_WAITS & set(person.roles) and person.key != LAPSED:
            assert count > 0, person.key
    assert {role for role in Role.values if not waits[role]} == NOTHING_WAITS


def test_the_mail_of_the_past_stays_where_it_is(built: Built) -> None:
    waiting = Notice.objects.filter(channel=Channel.MAIL, sent_at=None)
    assert 5 <= waiting.count() <= 120
    assert Notice.objects.filter(channel=Channel.MAIL).exclude(sent_at=None).count() > 400
    assert Notice.objects.filter(channel=Channel.IN_APP, read_at=None).count() < 400


def test_events_are_dated_when_they_happened(built: Built) -> None:
    # The directory stands in the tests' own tables, which were made today.
    events = Event.objects.exclude(record_type__startswith="agencies.")
    assert list(events.filter(at__gt=built.at).values_list("verb", "at")) == []
    days = {moment.date() for moment in events.values_list("at", flat=True)}
    assert (built.at.date() - min(days)).days >= 80
    assert len(days) > 30


def test_it_is_plausible(built: Built) -> None:
    seen = read_hub(built.hub, list(read_acts()), at=built.at)
    assert {rule.key: found for rule in RULES if (found := list(rule.offenders(seen)))} == {}


def test_texts_are_not_told_again_and_again(built: Built) -> None:
    with acting_as(built.hub.viewer("maeve_manager")):
        told = Counter(Contact.objects.values_list("report__text", flat=True))
    assert max(told.values()) <= 2


def test_it_says_what_it_builds_and_knows_that_it_has(built: Built) -> None:
    assert built.said[0] == "The six cases: 6 contacts."
    assert len(built.said) == 4
    assert is_built()


def test_a_second_time_builds_nothing(built: Built, settings: Settings) -> None:
    settings.MASH_DEMO = True
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert out.getvalue() == "The demo's contacts are there already.\n"
    assert Contact.objects.count() == built.contacts


def test_it_is_silent_when_asked_to_be(built: Built, settings: Settings) -> None:
    settings.MASH_DEMO = True
    out = StringIO()
    call_command("load_demo", verbosity=0, stdout=out)
    assert out.getvalue() == ""
