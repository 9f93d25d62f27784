"""What the actions of this stage promise."""

from __future__ import annotations

from agencies.access.identity import acting_as
from contacts.choices import ContactState, Ending
from contacts.models import Subject
from screening.choices import EnquiryState
from tests.scenes.case import Case


def test_a_case_goes_from_contact_to_an_accepted_summary(case: Case) -> None:
    contact = case.ended()
    assert case.again().state == EnquiryState.CLOSED
    assert contact.state == ContactState.ENDED
    with acting_as(case.manager.viewer):
        endings = list(Subject.objects.filter(contact=contact, kind="child").values_list("ending", flat=True))
    assert endings == [Ending.ASSESSMENT, Ending.ASSESSMENT]
