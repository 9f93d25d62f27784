"""A case runs through the pages, each person signed in as themself."""

from __future__ import annotations

import re
import uuid

from django.urls import reverse

from agencies.access.identity import acting_as
from decisions.models import Decision, FamilyLetter, Feedback, MashSummary
from screening.choices import EnquiryState
from tests.decisions.pages import decided, hidden, url, written
from tests.people import ClientOf
from tests.scenes.case import Case


def test_a_case_runs_through_the_pages(case: Case, client_of: ClientOf) -> None:  # noqa: PLR0915  # one journey
    case.in_mash()
    item = case.told()
    reference = case.enquiry.reference
    worker, manager = client_of(case.worker), client_of(case.manager)

    page = worker.get(url("analysis", reference)).content
    typed = written(case, page) | {"items": [f"{item.pk}:{item.version}"]}
    assert worker.post(url("analysis_draft", reference), typed).status_code == 204
    assert worker.post(url("analysis_send", reference), typed).status_code == 302
    assert case.again().state == EnquiryState.DECIDING

    page = manager.get(url("decide", reference)).content
    typed = decided(case, page)
    back = manager.post(url("decide", reference), typed)
    assert "Check the decision" in back.content.decode()
    assert Decision.objects.count() == 0
    hiddens = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', back.content.decode()))
    assert manager.post(url("decide", reference), {**typed, **hiddens, "confirm": "1"}).status_code == 302
    assert case.again().state == EnquiryState.DECIDED

    page = worker.get(url("release", reference)).content
    team = re.search(r'<option value="([0-9a-f]{32})"', page.decode())
    assert team
    teams = {f"team_{child.hex}": team[1] for child in case.deciding().children}
    sent = {**teams, "version": hidden(page, "version"), "submission_key": hidden(page, "submission_key")}
    assert worker.post(url("release", reference), sent).status_code == 302
    with acting_as(case.worker.viewer):
        summary = MashSummary.objects.get()

    page = worker.get(url("prepare", summary.reference)).content
    texts = {
        name: getattr(summary, name) or "Please call."
        for name in ("hazards", "household", "concern", "reasons", "missing")
    }
    sent = {
        **texts,
        "covering_text": "Please see them.",
        "agreement": "Agreed.",
        "family_told": "yes",
        "items": [f"{item.pk}:{item.version}"],
        "version": hidden(page, "version"),
        "submission_key": hidden(page, "submission_key"),
        "put_to_manager": "1",
    }
    assert worker.post(url("prepare", summary.reference), sent).status_code == 302

    page = manager.get(url("summary", summary.reference)).content
    assert "Two calls to the home" in page.decode()
    door = {"door_question": "no", "version": hidden(page, "version"), "submission_key": str(uuid.uuid4())}
    assert manager.post(url("release_one", summary.reference), door).status_code == 302
    assert case.again().state == EnquiryState.RELEASED

    receiver = client_of(case.who("asha_assessment"))
    assert summary.reference in receiver.get(reverse("decisions:inbox")).content.decode()
    page = receiver.get(url("summary", summary.reference)).content
    assert "Two calls to the home" in page.decode()
    take = {"version": hidden(page, "version"), "submission_key": str(uuid.uuid4())}
    assert receiver.post(url("accept", summary.reference), take).status_code == 302
    assert case.again().state == EnquiryState.CLOSED

    front = client_of(case.who("fiona_front"))
    contact = case.contact.reference
    assert contact in front.get(reverse("decisions:feedback_queue")).content.decode()
    page = front.get(url("feedback", contact)).content
    said = {
        "told_before": hidden(page, "told_before"),
        "submission_key": hidden(page, "submission_key"),
        "state": "sent",
        "whom_to_ring": "The hub on 01632 960100",
        "meanwhile": "Go on as you do.",
    }
    assert front.post(url("feedback", contact), said).status_code == 302
    with acting_as(case.who("fiona_front").viewer):
        assert Feedback.objects.get().response == "assessment"

    page = front.get(url("letters", contact)).content
    mother = re.search(r'name="subject" value="([^"]+)"', page.decode())
    assert mother
    assert front.post(url("letters", contact), {"subject": mother[1]}).status_code == 302
    with acting_as(case.who("fiona_front").viewer):
        letter = FamilyLetter.objects.get()
    page = front.get(url("letter", letter.reference)).content
    assert front.post(url("letter_sent", letter.reference), {"version": "1"}).status_code == 302
    assert front.get(url("complaint", contact)).status_code == 200
    assert manager.get(url("decision", reference)).status_code == 200
    for client in (front, manager, worker, receiver):
        assert client.get(reverse("work")).status_code == 200
