"""A form that is sent twice gives one record: its one-time key, with its content and the membership of who sent it.

The part of the view kit (`common/views`) that needs a viewer and a table. A form without a key is refused; so is a key
that comes again with other content or from another membership. The refusal gives back what was typed.
"""

from __future__ import annotations

import functools
import json
import uuid
from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec

from django.db import ProgrammingError, connection
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.access.overtaken import REFUSED, code_of
from agencies.access.viewer import HubRequest
from agencies.models import Submission
from common.errors import Conflict, NotVisible

P = ParamSpec("P")
View = Callable[Concatenate[HubRequest, P], HttpResponse]
LONGEST_LOCATION = 300
"""As the column of `Submission`."""

CLAIM = (
    "INSERT INTO agencies_submission (key, membership_id, at, location, content) VALUES (%s, %s, %s, '', %s)"
    " ON CONFLICT (key) DO NOTHING"
)
WITHOUT_KEY = "Nothing was saved: this form came without the key that every form carries. Open the page again."
ELSEWHERE = "This form was sent already, in another membership. Nothing was saved now: open it again."
OTHER_CONTENT = (
    "This form was sent already, with other content. That was saved; what you sent now was not. It is below: open the "
    "page again and see what stands there."
)


def once(view: View[P]) -> View[P]:
    """Let a POST with a one-time key through once; a second one is led to where the first one ended.

    Two sendings at the same instant meet on the key's uniqueness: the later one waits for the earlier transaction.
    A refused try (status 400 or more) and a form that comes back with errors (200) leave the key unused.

    Raises:
        Conflict: the form carries no key, or one that was used for other content or in another membership.
    """

    @functools.wraps(view)
    def guarded(request: HubRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _key(request)
        if not _claim(key, request):
            return HttpResponseRedirect(_earlier(key, request).location)
        response = view(request, *args, **kwargs)
        mine = Submission.objects.filter(pk=key)
        if isinstance(response, HttpResponseRedirect):
            mine.update(location=response.url if len(response.url) <= LONGEST_LOCATION else "/")
        else:
            mine.delete()
        return response

    guarded.takes_key = True  # type: ignore[attr-defined]  # the test of every address asks for it
    return guarded


def was_sent(request: HubRequest) -> bool:
    """Say whether the one-time key of a posted form was used up, by `use_up` or by a form that `once` let through.

    Raises:
        Conflict: as `once`.
    """
    if request.method != "POST":
        return False
    key = _key(request)
    return Submission.objects.filter(pk=key).exists() and bool(_earlier(key, request))


def any_used(keys: Iterable[str]) -> bool:
    """Say whether one of these one-time keys was used up; what is no key was not."""
    try:
        return Submission.objects.filter(pk__in=[uuid.UUID(key) for key in keys]).exists()
    except ValueError:
        return False


def use_up(request: HubRequest) -> bool:
    """Use up the one-time key of a form whose answer is a page: sent again, it must not give the page again.

    Returns whether it was still unused.
    """
    request.has_arrived = True
    return _claim(_key(request), request)


def _earlier(key: uuid.UUID, request: HubRequest) -> Submission:
    """Return the earlier sending of the same form."""
    earlier = Submission.objects.filter(pk=key, membership_id=request.viewer.membership_id).first()
    if earlier is None:
        raise Conflict(ELSEWHERE)
    if earlier.content != _content(request):
        raise Conflict(OTHER_CONTENT)
    return earlier


def _key(request: HubRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission_key", ""))
    except ValueError:
        raise Conflict(WITHOUT_KEY) from None


def _content(request: HubRequest) -> str:
    """Return a keyed hash of what was sent and where to: no text can be guessed from it, and no password is in it."""
    said = {name: values for name, values in request.POST.lists() if not _is_wrapping(name)}
    return salted_hmac("submission", json.dumps([request.path, said], sort_keys=True), algorithm="sha256").hexdigest()


def _is_wrapping(name: str) -> bool:
    return name in {"csrfmiddlewaretoken", "submission_key", "typed_by"} or "password" in name


def _claim(key: uuid.UUID, request: HubRequest) -> bool:
    """Take the key; False where it was taken before.

    Raises:
        NotVisible: the membership ended since the request came in; the database refuses it the row.
    """
    values = [key, request.viewer.membership_id, timezone.now(), _content(request)]
    with connection.cursor() as cursor:
        try:
            cursor.execute(CLAIM, values)
        except ProgrammingError as error:
            if code_of(error) != REFUSED:
                raise
            raise NotVisible from error
        return bool(cursor.rowcount == 1)
