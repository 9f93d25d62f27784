"""Pages on which an agency gives, changes, seals and confirms its items."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.forms import HubFormSet
from common.views import attempt, posted, posted_version
from information_sharing import actions, forms, queries
from information_sharing.choices import Handling
from information_sharing.views.requests import request_head, require_asked, search_in, search_start

if TYPE_CHECKING:
    from information_sharing.models import InformationRequest, Item


def _people(request: HubRequest, asked: InformationRequest) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in queries.people_of(request.viewer, asked)]


def _agencies(request: HubRequest) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in queries.nameable_agencies(request.viewer, at=timezone.now())]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def answer(request: HubRequest, reference: str) -> HttpResponse:
    """Take an answer item by item; a pasted text is split at its empty lines."""
    asked = queries.get_request(request.viewer, reference)
    require_asked(asked, request.viewer)
    typed = posted(request)
    if typed is not None and "split" in typed:
        typed = forms.with_pieces(typed, prefix="items", block=typed.get("block", ""))
    kwargs = {"people": _people(request, asked), "agencies": _agencies(request)}
    items = forms.ItemSet(typed, prefix="items", form_kwargs=kwargs)
    form = forms.AnswerForm(typed, initial=search_start(request.viewer, asked), quiet=items.changing)
    if (
        request.method == "POST"
        and all([form.is_valid(), items.is_valid()])
        and not forms.asks_at_door(items, handling=form.cleaned_data["handling"])
        and attempt(
            form,
            actions.answer_with_items,
            asked,
            _given(items, form),
            search_in(form),
            viewer=request.viewer,
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    ):
        messages.success(request, "Answered.")
        return redirect("information_sharing:request", asked.reference)
    page = {**request_head(request, asked), "form": form, "items": items, "with_block": True}
    return render(
        request,
        "information_sharing/answer.html",
        {**page, "title": "Answer item by item", "button": "Send the answer"},
    )


def _given(items: HubFormSet, form: forms.AnswerForm | forms.AddForm) -> list[actions.NewItem]:
    whole = form.cleaned_data["handling"]
    return [
        actions.NewItem(**forms.new_item(one, handling=whole), door_words=one.get("door_words", ""))
        for one in items.answers
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def add_item(request: HubRequest, reference: str) -> HttpResponse:
    """Take new information after the answer."""
    asked = queries.get_request(request.viewer, reference)
    require_asked(asked, request.viewer)
    handlings = [choice for choice in Handling.choices if choice[0] != Handling.MANAGER_ONLY]
    kwargs = {"people": _people(request, asked), "agencies": _agencies(request), "handlings": handlings}
    items = forms.ItemSet(posted(request), prefix="items", form_kwargs=kwargs)
    form = forms.AddForm(posted(request), initial={"version": asked.version}, quiet=items.changing)
    if (
        request.method == "POST"
        and all([form.is_valid(), items.is_valid()])
        and attempt(
            form,
            actions.add_items,
            asked,
            _given(items, form),
            viewer=request.viewer,
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    ):
        messages.success(request, "Added to your answer.")
        return redirect("information_sharing:request", asked.reference)
    page = {**request_head(request, asked), "form": form, "items": items, "with_block": False}
    return render(
        request, "information_sharing/answer.html", {**page, "title": "Add new information", "button": "Add it"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def seal(request: HubRequest, reference: str) -> HttpResponse:
    """Take a deposit for the MASH manager alone."""
    asked = queries.get_request(request.viewer, reference)
    require_asked(asked, request.viewer)
    form = forms.SealForm(posted(request), people=_people(request, asked))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = actions.NewItem(
            **forms.new_item(said, handling=Handling.MANAGER_ONLY), door_words=said.get("door_words", "")
        )
        if attempt(form, actions.deposit_sealed, asked, new, viewer=request.viewer, at=timezone.now()):
            messages.success(request, "Submitted to the MASH manager. Your answer is unchanged.")
            return redirect("information_sharing:request", asked.reference)
    return render(request, "information_sharing/seal.html", {**request_head(request, asked), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit_item(request: HubRequest, reference: str, item: uuid.UUID) -> HttpResponse:
    """Let the owner write a new version of an item."""
    viewer, at = request.viewer, timezone.now()
    asked = queries.get_request(viewer, reference)
    require_asked(asked, viewer)
    owned = queries.get_item(viewer, asked, item)
    form = forms.ReviseForm(
        posted(request),
        people=_people(request, asked),
        agencies=_agencies(request),
        initial={} if request.method == "POST" else _item_start(request, owned),
    )
    if request.method == "POST" and form.is_valid():
        revision = actions.Revision(**forms.new_item(form.cleaned_data, handling=""))
        version = form.cleaned_data["version"]
        if attempt(form, actions.revise_item, owned, revision, viewer=viewer, at=at, version=version):
            messages.success(request, "Changed. What was passed on before stays as it was.")
            return redirect("information_sharing:request", asked.reference)
    page = {**request_head(request, asked), "form": form, "item": owned}
    return render(request, "information_sharing/edit_item.html", page)


def _item_start(request: HubRequest, owned: Item) -> dict[str, Any]:
    seen = queries.get_item_text(request.viewer, owned, at=timezone.now())
    return {
        "version": seen.version,
        "text": seen.text,
        "subject": str(seen.subject_id or ""),
        "theme": seen.theme,
        "occurred_on": seen.occurred_on,
        "precision": "" if seen.precision == "day" else seen.precision,
        "source": seen.source,
        "handling": seen.handling,
        "needed_at_night": seen.needed_at_night,
        "named": [str(key) for key in queries.named_for(owned)],
    }


@require_POST
@once
def withdraw_item(request: HubRequest, reference: str, item: uuid.UUID) -> HttpResponse:
    """Let the owner take an item back."""
    version = posted_version(request)
    asked = queries.get_request(request.viewer, reference)
    owned = queries.get_item(request.viewer, asked, item)
    actions.withdraw_item(owned, viewer=request.viewer, at=timezone.now(), version=version)
    messages.success(request, "Withdrawn. What was passed on before cannot be recalled.")
    return redirect("information_sharing:request", asked.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def confirm(request: HubRequest, reference: str) -> HttpResponse:
    """Let the owner confirm what was taken down over the telephone."""
    viewer, at = request.viewer, timezone.now()
    asked = queries.get_request(viewer, reference)
    require_asked(asked, viewer)
    spoken = [
        one for one in queries.items_of_request(viewer, asked, at=at) if one.is_unconfirmed and not one.withdrawn_at
    ]
    form = forms.ConfirmForm(posted(request), initial={"version": asked.version})
    parts = [(one, _confirm_form(request, one)) for one in spoken]
    if not spoken:
        del form.fields["handling"]
    if request.method == "POST" and all([form.is_valid(), *(part.is_valid() for _one, part in parts)]):
        confirmed = [_confirmed(one, part, form) for one, part in parts]
        version = form.cleaned_data["version"]
        if attempt(form, actions.confirm_answer, asked, confirmed, viewer=viewer, at=at, version=version):
            messages.success(request, "Confirmed.")
            return redirect("information_sharing:request", asked.reference)
    page = {**request_head(request, asked), "form": form, "parts": parts}
    return render(request, "information_sharing/confirm.html", {**page, "part_forms": [part for _one, part in parts]})


def _confirm_form(request: HubRequest, item: queries.ItemSeen) -> forms.ConfirmItemForm:
    return forms.ConfirmItemForm(posted(request), prefix=f"item-{item.id}", initial={"text": item.text})


def _confirmed(item: queries.ItemSeen, part: forms.ConfirmItemForm, form: forms.ConfirmForm) -> actions.Confirmed:
    handling = part.cleaned_data["handling"] or form.cleaned_data["handling"]
    return actions.Confirmed(item.id, part.cleaned_data["text"], handling)
