"""A form that is sent twice gives one record."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from agencies.access.viewer import HubRequest
from agencies.models import Submission
from common.errors import Conflict

View = Callable[..., HttpResponse]
LONGEST_LOCATION = 300
"""As the column of `Submission`."""


def once(view: View) -> View:
    """Let a POST with a one-time key through once; a second one is led to where the first one ended.

    Two sendings at the same instant meet on the key's uniqueness: the later one waits for the earlier transaction.
    A refused try (status 400 or more) and a form that comes back with errors (200) leave the key unused. A key that
    another membership has used is a conflict, whose page gives back what was typed.
    """

    @functools.wraps(view)
    def guarded(request: HubRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if request.method != "POST" or key is None:
            return view(request, *args, **kwargs)
        if not _claim(key, request):
            return HttpResponseRedirect(_earlier_end(key, request))
        response = view(request, *args, **kwargs)
        mine = Submission.objects.filter(pk=key)
        if isinstance(response, HttpResponseRedirect):
            mine.update(location=response.url if len(response.url) <= LONGEST_LOCATION else "/")
        else:
            mine.delete()
        return response

    return guarded


def was_sent(request: HubRequest) -> bool:
    """Say whether the one-time key of a form was used up, by `use_up` or by a form that `once` let through."""
    key = _key(request)
    return request.method == "POST" and key is not None and Submission.objects.filter(pk=key).exists()


def use_up(request: HubRequest) -> bool:
    """Use up the one-time key of a form whose answer is a page: sent again, it must not give the page again.

    Returns whether it was still unused; a form without a key is as one that was used.
    """
    key = _key(request)
    return key is not None and _claim(key, request)


def _earlier_end(key: uuid.UUID, request: HubRequest) -> str:
    earlier = Submission.objects.filter(pk=key, membership_id=request.viewer.membership_id).first()
    if earlier is None:
        raise Conflict("This form was sent already, in another membership. Nothing was saved now: open it again.")
    return earlier.location


def _key(request: HubRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return None


def _claim(key: uuid.UUID, request: HubRequest) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agencies_submission (key, membership_id, at, location) VALUES (%s, %s, %s, '')"
            " ON CONFLICT (key) DO NOTHING",
            [key, request.viewer.membership_id, timezone.now()],
        )
        return bool(cursor.rowcount == 1)
