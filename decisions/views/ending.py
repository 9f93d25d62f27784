"""Feedback to referrers, letters to parents, complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import contacts.queries
from agencies.access import desk_forms, roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from agencies.queries import hub_settings
from common.errors import RuleBroken
from common.moments import london_day
from common.views import Line, attempt, posted, posted_key, posted_version, refuse
from contacts.rules.reaching import in_words, why_not_by_post
from decisions import actions, queries
from decisions.actions import Word
from decisions.forms import ComplaintAnswerForm, ComplaintForm, FeedbackForm, HoldBackForm, LetterForm

if TYPE_CHECKING:
    from contacts.models import Contact
    from decisions.models import FamilyLetter

TELLERS = (Role.FRONT_DOOR, Role.MANAGER)

desk_forms.HANG_ON |= {"L-", "X-"}
"""Letters and corrections are written by the desk, too."""


@require_safe
def feedback_queue(request: HubRequest) -> HttpResponse:
    """Show the ended contacts whose referrer is still owed feedback, or whose family a letter."""
    roles.require(request.viewer, *TELLERS)
    at = timezone.now()
    owed = queries.owed(request.viewer, at=at)
    about = contacts.queries.lines_about(request.viewer, contacts=[line.contact.pk for line in owed], at=at)
    lines = [
        Line(
            url=reverse(
                "decisions:feedback" if line.owes_feedback else "decisions:letters", args=[line.contact.reference]
            ),
            reference=line.contact.reference,
            cells=[
                about.contact(line.contact.pk),
                line.contact.get_referrer_kind_display(),
                "Owed" if line.owes_feedback else "Given",
                f"{line.letters_owed} to settle" if line.letters_owed else "None owed",
                line.contact.ended_at,
            ],
            due_at=line.clock.due_at if line.clock else None,
        )
        for line in owed
    ]
    context = {"lines": lines, "columns": ["Who is it about?", "Referrer", "Feedback", "Letters", "Ended"], "at": at}
    return render(request, "decisions/feedback_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def feedback(request: HubRequest, reference: str) -> HttpResponse:
    """Tell the referrer how a contact ended, or record why not."""
    at = timezone.now()
    contact = queries.told_contact(request.viewer, reference)
    page = queries.feedback_page(request.viewer, contact)
    initial = {
        "told_before": len(page.earlier),
        "whom_to_ring": page.whom_to_ring,
        "meanwhile": page.meanwhile,
    }
    form = FeedbackForm(posted(request), initial=initial, can_be_mailed=page.can_be_mailed, asks_email=page.asks_email)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        is_safe = data.get("email_is_safe", False)
        word = Word(data["state"], data["whom_to_ring"], data["meanwhile"], data["reason"], email_is_safe=is_safe)
        if attempt(
            form, actions.give_feedback, contact, word, viewer=request.viewer, at=at, told_before=data["told_before"]
        ):
            messages.success(request, "What the referrer was told is on record.")
            return redirect("decisions:feedback", reference)
    context = {
        "head": contacts.queries.contact_head(request.viewer, contact, "feedback", at=at),
        "page": page,
        "form": form if queries.may_tell(request.viewer, contact) else None,
        "reference": reference,
    }
    return render(request, "decisions/feedback.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def letters(request: HubRequest, reference: str) -> HttpResponse:
    """Show the letters of a contact, one to each parent, and begin one."""
    at = timezone.now()
    contact = queries.told_contact(request.viewer, reference)
    if request.method == "POST":
        letter = actions.begin_letter(contact, posted_key(request.POST.get("subject")), viewer=request.viewer, at=at)
        return redirect("decisions:letter", letter.reference)
    context = {
        "head": contacts.queries.contact_head(request.viewer, contact, "letters", at=at),
        "page": queries.letters_page(request.viewer, contact),
        "may_write": queries.may_tell(request.viewer, contact),
        "reference": reference,
    }
    return render(request, "decisions/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def letter(request: HubRequest, reference: str) -> HttpResponse:
    """Show one letter as it prints, and change it while it is a draft."""
    letter = queries.get_letter(request.viewer, reference)
    shown = queries.letter_address(letter)
    form = LetterForm(
        posted(request),
        initial={"version": letter.version, "address": shown.typed, "text": letter.text},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.save_letter(
                letter,
                address=data["address"] or shown.held,
                text=data["text"],
                viewer=request.viewer,
                at=timezone.now(),
                version=data["version"],
            )
        except RuleBroken as error:
            refuse(form, error)
            letter = queries.get_letter(request.viewer, reference)
        else:
            messages.success(request, "The letter is saved.")
            return redirect("decisions:letter", reference)
    return _letter_page(request, letter, form)


def _letter_page(request: HubRequest, letter: FamilyLetter, form: LetterForm, **more: Any) -> HttpResponse:
    hub, at = hub_settings(), timezone.now()
    is_draft = letter.state == "draft"
    queries.log_letter(request.viewer, letter, at=at)
    shown = queries.letter_address(letter)
    context = {
        "head": contacts.queries.contact_head(request.viewer, letter.contact, "letters", at=at),
        "letter": letter,
        "safe_by": in_words(letter.subject.safe_by),
        "why_no_letter": why_not_by_post(letter.subject.safe_by) if is_draft else "",
        "day": london_day(letter.sent_at or letter.written_at),
        "to": f"{letter.subject.name}\n{shown.words}",
        "places_url": reverse("contacts:places", args=[letter.contact.reference]) if shown.is_protected else "",
        "greeting": f"Dear {letter.subject.name}" if letter.subject.given_name else "Dear parent",
        "signed": f"{hub.name}\n{hub.authority}".strip(),
        "form": form if is_draft and request.viewer.has(*TELLERS) else None,
        "hold_form": HoldBackForm(initial={"version": letter.version}, auto_id="hold_%s"),
        "hold_url": reverse("decisions:letter_held_back", args=[letter.reference]),
        "hub_telephone": hub.telephone,
        "reference": letter.reference,
    }
    return render(request, "decisions/letter.html", {**context, **more})


@require_POST
@once
def letter_sent(request: HubRequest, reference: str) -> HttpResponse:
    """Record that a letter was printed and has gone out."""
    version = posted_version(request)
    letter = queries.get_letter(request.viewer, reference)
    try:
        actions.send_letter(letter, viewer=request.viewer, at=timezone.now(), version=version)
    except RuleBroken as error:
        letter = queries.get_letter(request.viewer, reference)
        shown = queries.letter_address(letter)
        drawn = {"version": letter.version, "address": shown.typed, "text": letter.text, "submission_key": uuid4()}
        form = LetterForm(drawn)
        form.is_valid()
        refuse(form, error)
        return _letter_page(request, letter, form)
    messages.success(request, "The letter is recorded as posted.")
    return redirect("decisions:letters", letter.contact.reference)


@require_POST
@once
def letter_held_back(request: HubRequest, reference: str) -> HttpResponse:
    """Record why a parent is not written to."""
    letter = queries.get_letter(request.viewer, reference)
    form = HoldBackForm(request.POST, auto_id="hold_%s")
    if form.is_valid():
        data = form.cleaned_data
        said = {"viewer": request.viewer, "at": timezone.now(), "version": data["version"]}
        if attempt(form, actions.hold_letter_back, letter, data["reason"], **said):
            messages.success(request, "Recorded: this parent is not written to.")
            return redirect("decisions:letters", letter.contact.reference)
    shown = queries.letter_address(letter)
    edit = LetterForm(initial={"version": letter.version, "address": shown.typed, "text": letter.text})
    return _letter_page(request, letter, edit, hold_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def complaints(request: HubRequest, reference: str) -> HttpResponse:
    """Show the complaints about a contact, and record one."""
    at = timezone.now()
    contact = queries.told_contact(request.viewer, reference)
    form = ComplaintForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            actions.record_complaint,
            contact,
            data["text"],
            received_at=data["received_at"],
            viewer=request.viewer,
            at=at,
        ):
            messages.success(request, "The complaint is recorded.")
            return redirect("decisions:complaint", reference)
    return _complaints_page(request, contact, form)


def _complaints_page(request: HubRequest, contact: Contact, form: ComplaintForm, **more: Any) -> HttpResponse:
    found = queries.complaints_of(request.viewer, contact)
    context = {
        "head": contacts.queries.contact_head(request.viewer, contact, "complaints", at=timezone.now()),
        "contact": contact,
        "mask": contacts.queries.mask_of(request.viewer, [contact]),
        "form": form if request.viewer.has(*TELLERS) else None,
        "answers": [
            (one, ComplaintAnswerForm(initial={"version": one.version}, auto_id=f"answer_{one.reference}_%s"))
            for one in found
        ],
        "may_answer": request.viewer.has(*TELLERS),
        "reference": contact.reference,
    }
    return render(request, "decisions/complaints.html", {**context, **more})


@require_POST
@once
def complaint_answer(request: HubRequest, reference: str, complaint: str) -> HttpResponse:
    """Record what was answered to a complaint."""
    contact = queries.told_contact(request.viewer, reference)
    answered = queries.get_complaint(request.viewer, contact, complaint)
    form = ComplaintAnswerForm(request.POST, auto_id=f"answer_{complaint}_%s")
    if form.is_valid():
        data = form.cleaned_data
        said = {"viewer": request.viewer, "at": timezone.now(), "version": data["version"]}
        if attempt(form, actions.answer_complaint, answered, data["answer"], **said):
            messages.success(request, "The answer is recorded.")
            return redirect("decisions:complaint", reference)
    answers = [
        (one, form if one.pk == answered.pk else ComplaintAnswerForm(initial={"version": one.version}))
        for one in queries.complaints_of(request.viewer, contact)
    ]
    return _complaints_page(request, contact, ComplaintForm(), answers=answers, wrong=form)
