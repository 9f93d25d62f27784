"""What somebody typed and could not send: kept on the server for its author alone, whatever ended meanwhile.

The session, the membership, the right to the page, the network, the browser may be gone: what a form held is found
again by its author. Whose a form is, and in which membership it was opened, is signed into the form (`typed_by`), for
a page that was opened an hour ago may be sent when nobody is signed in any more, or somebody else is.

Each text rests closed by the key ring, under a hash of author and address that only the application
can make: see `agencies/sql/functions/kept.sql`.
"""

from __future__ import annotations

import base64
import json
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import connection
from django.utils.crypto import salted_hmac

from agencies.access.desk_forms import contact_of_form
from common.encryption import seal, unseal
from common.forms.typed import Pairs
from common.key_ring import TextUnreadable

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)
"""A month: longer than a leave, short enough that nothing gathers beside the record."""

MOST_TEXTS = 200
"""Of one author; beyond it the oldest goes."""

MOST_CHARACTERS = 1_000_000
"""Of one form, all its fields together."""

HASH_BYTES = 30
"""Forty letters: 240 bits."""


@dataclass(frozen=True)
class Author:
    """Who opened a form, and in which membership: as `typed_by` says it."""

    user_id: uuid.UUID
    membership_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Kept:
    """A form as its author left it.

    Attributes:
        place: its key, which means nothing to anybody else.
        page: address of the page on which it stood; `action`: the address to which it is sent.
        title: what the page was called.
        membership: in which it was typed, as the header named it.
        pairs: names and values of its fields, in the form's order.
        begun_by: who typed it first, where somebody of the desk took it over.
        form: the one-time key of the page on which it was typed, which tells two texts of one form apart.
    """

    place: str
    page: str
    action: str
    title: str
    membership: str
    pairs: Pairs
    saved_at: datetime
    begun_by: str = ""
    form: str = ""

    def stands_in(self, pairs: Pairs, form: str) -> bool:
        """Say whether this is an earlier state of what is typed: of the same page, or every text of it is there."""
        return self.form == form or _texts(self.pairs) <= _texts(pairs)


def typed_by(author: Author) -> str:
    """Return what a form carries to say who opened it, signed."""
    return _signer().sign(f"{author.user_id}:{author.membership_id or ''}")


def author_of(typed: str) -> Author | None:
    """Return who opened a form; None where it does not say, or was altered."""
    try:
        user, _, membership = _signer().unsign(typed).partition(":")
    except BadSignature:
        return None
    return Author(uuid.UUID(user), uuid.UUID(membership) if membership else None)


def keep(
    author: Author,
    *,
    page: str,
    action: str,
    title: str,
    membership: str,
    pairs: Pairs,
    at: datetime,
    begun_by: str = "",
    form: str = "",
) -> str:
    """Keep a form as it stands now, in place of what was kept of it before, and return its key.

    What was typed into the same form on another page, and is not in it, stays beside it: two calls are two contacts.
    A form of a desk is marked as one, so that it passes on when its author is gone; who began it stays said.

    Args:
        form: the one-time key of the page.

    Raises:
        ValueError: it is longer than any form.
    """
    if sum(len(name) + len(value) for name, value in pairs) > MOST_CHARACTERS:
        raise ValueError("No form is so long.")
    place = place_of(author, action)
    before = _kept_at(place, author, at)
    is_another = before is not None and not before.stands_in(pairs, form)
    if before is not None and is_another:
        beside = hashed("beside", author.user_id, action, before.form, before.saved_at)
        _write(replace(before, place=beside), author, at)
    begun = begun_by or (before.begun_by if before is not None and not is_another else "")
    _write(Kept(place, page, action, title, membership, pairs, at, begun, form), author, at)
    return place


def _write(text: Kept, author: Author, at: datetime) -> None:
    whose = hashed("author", author.user_id)
    said = {name: value for name, value in vars(text).items() if name not in {"place", "saved_at"}}
    closed = seal(json.dumps(said), place=_bound(text.place))
    ask("SELECT fw.keep_text(%s, %s, %s, %s, %s)", text.place, whose, closed, at + KEPT_FOR, MOST_TEXTS)
    contact = contact_of_form(text.action)
    if contact is not None and author.membership_id is not None:
        ask("SELECT fw.text_of_desk(%s, %s, %s, %s)", text.place, whose, author.membership_id, contact)


def kept_by(author: Author) -> list[Kept]:
    """Return all that somebody has typed and not sent, the latest first; what cannot be opened any more is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, content, saved_at FROM fw.kept_texts(%s)", [hashed("author", author.user_id)])
        rows = cursor.fetchall()
    return list(opened(rows))


def let_go(author: Author, place: str) -> bool:
    """Let go of a form that was sent, or is not wanted any more; say whether there was one."""
    return bool(ask("SELECT fw.drop_text(%s, %s)", place, hashed("author", author.user_id)))


def has_arrived(author: Author, action: str, pairs: Pairs, form: str) -> None:
    """Let go of what was kept of a form that was sent: of this page, or what stands in it; not of another's."""
    for one in kept_by(author):
        if one.action == action and one.stands_in(pairs, form):
            let_go(author, one.place)


def is_put_back(author: Author, action: str, pairs: Pairs, form: str, *, at: datetime) -> None:
    """Take what was kept of a form as that of the page on which it is put back: it is let go of when that is sent."""
    for one in kept_by(author):
        if one.action == action and _texts(one.pairs) == _texts(pairs):
            _write(replace(one, form=form), author, at)


def _texts(pairs: Pairs) -> set[tuple[str, str]]:
    """Return what was typed, whether a script or the browser itself sent it: that one ends lines with two signs."""
    return {(name, value.replace("\r", "").strip()) for name, value in pairs if value.strip()}


def clear() -> None:
    """Let go of what is too old, whoever typed it."""
    ask("SELECT fw.clear_kept_texts()")


def place_of(author: Author, action: str) -> str:
    """Return the key under which a form that is sent to an address is kept."""
    return hashed("place", author.user_id, action)


def _kept_at(place: str, author: Author, at: datetime) -> Kept | None:
    content = ask("SELECT fw.kept_text(%s, %s)", place, hashed("author", author.user_id))
    return next(iter(opened([(place, str(content), at)])), None) if content else None


def opened(rows: Iterable[tuple[str, str, datetime]]) -> Iterable[Kept]:
    """Yield the forms of rows as the database gives them; what cannot be opened any more is left out."""
    for place, content, saved_at in rows:
        try:
            said = json.loads(unseal(content, place=_bound(place)))
        except TextUnreadable:
            log.exception("A kept text cannot be opened")
            continue
        pairs = tuple((str(name), str(value)) for name, value in said.pop("pairs"))
        yield Kept(place=place, saved_at=saved_at, pairs=pairs, **said)


def _signer() -> Signer:
    return Signer(salt="mash.typed_by")


def _bound(place: str) -> str:
    return f"kept text {place}"


def hashed(what: str, *parts: object) -> str:
    """Return the hash under which something rests; only the application can make it."""
    digest = salted_hmac(f"mash.kept.{what}", json.dumps([str(part) for part in parts]), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:HASH_BYTES]).decode()


def ask(question: str, *values: Any) -> object:
    """Return what one of the functions of `agencies/sql/functions/kept.sql` answers."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]
