"""Logging a contact: one page, any order, with earlier contacts beside it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import desk_forms, roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.forms import HubFormSet
from common.forms.answers import YES
from common.initials import NOBODY_YET
from common.views import result_of
from contacts import actions, queries
from contacts.choices import Channel, ReferrerKind
from contacts.forms.contact import ContactForm, NoticeForm
from contacts.forms.people import AdultSet, ChildSet, typed_person
from contacts.queries import Sought
from contacts.rules.matching import Described

if TYPE_CHECKING:
    from contacts.models import Contact

desk_forms.BEGINS.add("contacts:new")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_contact(request: HubRequest) -> HttpResponse:
    """Log a worry that reached the hub; nothing typed is ever lost."""
    roles.require(request.viewer, *actions.LOGGERS)
    at = timezone.now()
    posted, notice = _with_notice(request)
    children, adults = ChildSet(posted, prefix="children"), AdultSet(posted, prefix="adults")
    asks = posted is not None and any(key in posted for key in _ASKS)
    children.changing = adults.changing = asks
    form = ContactForm(posted, quiet=asks)
    if posted is not None and not asks:
        contact = _received(request, form, children, adults, at=at)
        if contact is not None:
            messages.success(request, f"Contact {contact.reference} is logged. Its clocks run from its arrival.")
            return redirect("contacts:contact", contact.reference)
    page: dict[str, Any] = {"form": form, "children": children, "adults": adults, "notice": notice}
    if posted is not None and "look" in posted:
        page["found"] = queries.look_for(request.viewer, _sought(children, adults), address=_address(posted), at=at)
    return render(request, "contacts/new.html", page)


_ASKS = ("children-add", "children-remove", "adults-add", "adults-remove", "look", "notice-use")
"""Buttons that show the page again and judge nothing."""


def _received(
    request: HubRequest, form: ContactForm, children: HubFormSet, adults: HubFormSet, *, at: datetime
) -> Contact | None:
    """Return the contact, or None when something is to be put right; every form is judged."""
    valid = [one.is_valid() for one in (form, children, adults)]
    if not all(valid):
        return None
    people = tuple(one.person for one in (*_filled(children), *_filled(adults)))
    if not form.judge(people, at=at):
        return None
    return result_of(form, actions.receive_contact, form.intake(people, at=at), viewer=request.viewer, at=at)


def _with_notice(request: HubRequest) -> tuple[QueryDict | None, NoticeForm]:
    """Return what was posted, with a pasted police notice put in its place, and the form for pasting one."""
    if request.method != "POST":
        return None, NoticeForm(prefix="notice")
    if "notice-use" not in request.POST:
        return request.POST, NoticeForm(request.POST, prefix="notice", quiet=True)
    notice = NoticeForm(request.POST, prefix="notice")
    posted = request.POST.copy()
    if notice.is_valid():
        posted["report"] = notice.cleaned_data["notice"]
        posted["channel"] = Channel.POLICE_NOTICE
        posted["referrer_kind"] = ReferrerKind.PROFESSIONAL
        posted["organisation"] = posted.get("organisation") or "Police"
        return posted, NoticeForm(prefix="notice")
    return posted, notice


def _filled(people: HubFormSet) -> list[Any]:
    return [form for form in people.forms if form.has_changed()]


def _sought(children: HubFormSet, adults: HubFormSet) -> list[Sought]:
    """Return the people as far as they are typed."""
    found = []
    for form in (*children.forms, *adults.forms):
        given, family, born = typed_person(form)
        if given or family or born:
            found.append(Sought(f"{given} {family}".strip() or NOBODY_YET, Described(given, family, born)))
    return found


def _address(posted: QueryDict) -> str:
    return "" if posted.get("address_is_protected") == YES else str(posted.get("address", ""))[:400]


@require_POST
def suggest(request: HubRequest) -> HttpResponse:
    """Return earlier contacts for what is being typed, as a fragment of the page."""
    children, adults = ChildSet(request.POST, prefix="children"), AdultSet(request.POST, prefix="adults")
    children.changing = adults.changing = True
    found = queries.look_for(
        request.viewer, _sought(children, adults), address=_address(request.POST), at=timezone.now()
    )
    return render(request, "contacts/_found.html", {"found": found})
