"""Notices and mails: whether what they lead to opens for whom they told."""

from __future__ import annotations

import html
from collections import defaultdict
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client
from django.utils import timezone

from agencies.access.lookup import memberships_of
from agencies.models import Membership
from notices.choices import Channel
from notices.models import Notice
from tests.proofs.walking import LINK, OK
from tests.sending import Browser

LIST = "/notices/"
FEW = 3
"""So many notices of each kind are followed for each person in the quick run."""


def dead_ends(*, every: bool) -> tuple[int, list[str]]:
    """Return how many links of notices and mails people were shown, and those that did not open for them.

    A notice in the hub counts where its page shows its link; a mail counts always, for nobody can take its link back.
    """
    told, dead = 0, []
    now = timezone.now()
    users = Membership.objects.values_list("user_id", flat=True).distinct()
    in_force = {one.pk for user in users for one in memberships_of(user, at=now)}
    for membership in Membership.objects.filter(pk__in=in_force).select_related("user").order_by("pk"):
        client = _signed_in(membership)
        for path, kind in sorted({*_of_the_list(client), *_of_mails(membership, every=every)}):
            told += 1
            status = _ends_in(client, path)
            if status != OK:
                dead.append(f"{membership.user.email} {kind} {path}: {status}")
    return told, dead


def _signed_in(membership: Membership) -> Client:
    client = Browser(raise_request_exception=False)
    client.force_login(membership.user)
    session = client.session
    session["membership"] = str(membership.pk)
    session.save()
    return client


def _of_the_list(client: Client) -> set[tuple[str, str]]:
    """Return the links of the person's notices as their page shows them."""
    paths = set(Notice.objects.filter(channel=Channel.IN_APP).values_list("path", flat=True))
    found, number = set(), 1
    while True:
        page = _page(client, f"{LIST}?page={number}")
        links = {html.unescape(one) for one in LINK.findall(page)}
        found |= {(link, "notice") for link in links & paths}
        if f"?page={number + 1}" not in page:
            return found
        number += 1


def _of_mails(membership: Membership, *, every: bool) -> set[tuple[str, str]]:
    rows = Notice.objects.filter(channel=Channel.MAIL, membership=membership, withdrawn_at__isnull=True).exclude(
        path=""
    )
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, path in rows.order_by("-created_at", "id").values_list("kind", "path"):
        by_kind[kind].append(path)
    return {(path, f"mail {kind}") for kind, paths in by_kind.items() for path in (paths if every else paths[:FEW])}


def _page(client: Client, path: str) -> str:
    with transaction.atomic(durable=True):
        response = client.get(path)
        transaction.set_rollback(True)
    return response.content.decode()


def _ends_in(client: Client, path: str) -> int:
    """Return with what a link answers in the end: a mail leads on to what it speaks of."""
    with transaction.atomic(durable=True):
        response = client.get(urlsplit(path).path, follow=True)
        transaction.set_rollback(True)
    return int(response.status_code)
