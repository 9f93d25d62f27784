"""Before what is confidential is shown: a purpose and the password, for each opening."""

from __future__ import annotations

from datetime import datetime

from agencies.access.once import use_up
from agencies.access.password_again import refusal_of_password
from agencies.access.viewer import HubRequest
from common.forms import OpeningForm


def may_open(request: HubRequest, form: OpeningForm, *, reference: str, at: datetime) -> bool:
    """Say whether a posted form opens the page: it names a purpose and carries the viewer's own password.

    A wrong password becomes an error of the form, and a refusal in the log. What opened once is used up.
    """
    if not form.is_bound or not form.is_valid():
        return False
    match = request.resolver_match
    why = refusal_of_password(
        request.viewer,
        form.cleaned_data["password"],
        route=match.view_name if match else "",
        reference=reference,
        at=at,
    )
    if why:
        form.add_error("password", why)
    return not why and use_up(request)
