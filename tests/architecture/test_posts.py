"""Every address that takes a form: a missing key, a missing version, or a used key with other content is refused."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agencies.access.table.whole import ADDRESSES
from agencies.models import Submission
from common.forms import ChangeForm, VersionField
from contacts.models import Contact
from decisions.forms import AnalysisForm
from tests.architecture.addresses import routes
from tests.people import ClientOf, Person
from tests.sending import Browser

ROUTES = {route.name: route for route in routes() if "POST" in ADDRESSES[route.name].methods}

WITHOUT_KEY = {
    "search": "a search",
    "initials": "says the same when it is said twice",
    "contacts:suggest": "a search while somebody types",
    "contacts:earlier": "opens a text for a purpose; each opening is a line of its own in the read log",
    "contacts:status": "a look; tries are counted",
    "decisions:analysis": "saves a draft, by the version and the page that it was typed on",
    "decisions:analysis_draft": "saves a draft, by the version and the page that it was typed on",
    "decisions:sealed_reasons": "answers with a page: its key is used up by the opening itself",
    "information_sharing:sealed": "answers with a page: its key is used up by the opening itself",
    "reporting:activity": "a search",
    "reporting:receipts": "a search",
    "agencies:keep": "keeps what is typed while somebody types; the same again is the same",
    "agencies:take_over": "finds nothing to take over when it comes again",
    "agencies:throw_away": "says the same when it is said twice",
    "agencies:give_second_factor": "gives a code, and each is good for once",
    "agencies:choose_membership": "says the same when it is said twice",
}
"""Forms that `once` does not guard, and why; those of accounts are the library's."""

OPENINGS = ["decisions:sealed_reasons", "information_sharing:sealed"]

BUTTONS = {
    "contacts:acknowledge",
    "contacts:claim",
    "decisions:accept",
    "decisions:close",
    "decisions:discard",
    "decisions:letter_sent",
    "decisions:send_back",
    "decisions:summary_send_back",
    "information_sharing:heard",
    "information_sharing:refuse_for_agency",
    "information_sharing:refuse_instruction",
    "information_sharing:withdraw",
    "information_sharing:withdraw_item",
    "screening:accept_handover",
    "screening:put_to_manager",
    "screening:to_panel",
    "screening:withdraw_handover",
}
"""Moves that ask for nothing beside the version from which their button was drawn."""

KEYED = sorted(name for name, route in ROUTES.items() if getattr(route.view, "takes_key", False))
FORMS = sorted({*ChangeForm.__subclasses__(), AnalysisForm}, key=str)
TYPED = "what I have typed"


def test_every_form_of_ours_takes_a_key_or_says_why_not() -> None:
    library = {name for name in ROUTES if name.startswith("account_")}
    assert set(ROUTES) - set(KEYED) - library == set(WITHOUT_KEY)


def test_every_button_takes_a_version() -> None:
    pressed = {name for name, route in ROUTES.items() if getattr(route.view, "takes_version", False)}
    assert pressed == BUTTONS - {"decisions:letter_sent", "information_sharing:withdraw_item"}


def path(name: str) -> str:
    return reverse(name, kwargs=ROUTES[name].sample())


def refused(client: Browser, name: str, **form: str | None) -> tuple[int, bool, bool]:
    """Return the status, whether the page gives the text back, and whether anything was written."""
    before = Submission.objects.count(), Contact.objects.count()
    answer = client.post(path(name), {"text": TYPED, **form})
    after = Submission.objects.count(), Contact.objects.count()
    return answer.status_code, TYPED in answer.content.decode(), before != after


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "no key"])
@pytest.mark.parametrize("name", KEYED)
def test_form_without_a_key_is_refused(name: str, key: str | None, client_of: ClientOf, front_door: Person) -> None:
    assert refused(client_of(front_door), name, submission_key=key) == (409, True, False)


@pytest.mark.django_db
@pytest.mark.parametrize("name", KEYED)
def test_used_key_with_other_content_is_refused(name: str, client_of: ClientOf, front_door: Person) -> None:
    client, key = client_of(front_door), uuid4()
    Submission.objects.create(key=key, membership_id=front_door.membership.pk, at=timezone.now(), content="of before")
    assert refused(client, name, submission_key=str(key)) == (409, True, False)


@pytest.mark.django_db
@pytest.mark.parametrize("version", [None, "", "three", "-1", "9" * 10, "²"])
@pytest.mark.parametrize("name", sorted(BUTTONS))
def test_button_without_a_version_is_refused(
    name: str, version: str | None, client_of: ClientOf, front_door: Person
) -> None:
    said = {} if version is None else {"version": version}
    assert refused(client_of(front_door), name, **said) == (409, True, False)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize("version", [None, "", "three", "-1", "9" * 10])
def test_form_without_a_version_is_refused(form: type[ChangeForm], version: str | None) -> None:
    field = form.base_fields["version"]
    assert isinstance(field, VersionField)
    with pytest.raises(ValidationError):
        field.clean(version)
