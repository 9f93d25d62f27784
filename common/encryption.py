"""Text that rests encrypted: sealed information, private referrers, protected addresses."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from common.data_keys import HUB, Erased, key_of, open_stored, seal_under
from common.key_ring import KeyMissing, KeyRing, Tampered, close, open_closed, read_ring, ring

__all__ = ["EncryptedTextField", "KeyMissing", "KeyRing", "Tampered", "read_ring", "ring", "seal", "unseal"]

MARK = "enc1"
"""First part of a text that the ring itself closes: what does not outlive a session."""

COLUMN = re.compile(r'("[^"]+"|\w+)\."[^"]+"')
"""A column as Django writes it, of a table or of its alias; what is not one (a subquery) brings its key from inside."""


def seal(text: str, *, place: str) -> str:
    """Encrypt text with the ring's first key for one place, so that a value copied elsewhere does not open."""
    keys = ring()
    return f"{MARK}.{keys.current}.{close(text.encode(), key=keys.key(keys.current), bound_to=place)}"


def unseal(stored: str, *, place: str) -> str:
    """Decrypt what `seal` gave.

    Raises:
        KeyMissing: the key it names is not on the ring.
        Tampered: it was altered, or comes from another place.
    """
    try:
        mark, name, encoded = stored.split(".", 2)
    except ValueError as error:
        raise Tampered(f"A value in {place} is not in the stored form.") from error
    if mark != MARK:
        raise Tampered(f"A value in {place} has the unknown form {mark!r}.")
    return open_closed(encoded, key=ring().key(name), bound_to=place, what=f"A value in {place}").decode()


class Stored(str):
    """A value in the form in which it rests."""

    __slots__ = ()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A text that the database never sees in clear. Cannot be searched or sorted; empty stays empty.

    Args:
        of: the way from the row to the contact or enquiry whose data key closes it, such as `contact_id` or
            `item__enquiry_id`; it stays the same for the life of the row. Without it, the hub's own data key does.
    """

    description = "Encrypted text"

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of

    @property
    def place(self) -> str:
        """Table and column: bound into each value, with the key of its row."""
        return f"{self.model._meta.db_table}.{self.column}"

    def owner_of(self, record: models.Model) -> uuid.UUID:
        """Return the key of the contact or enquiry that a row belongs to, or the hub's."""
        if not self.of:
            return HUB
        found: Any = record
        for name in self.of.split("__"):
            found = getattr(found, name)
        return uuid.UUID(str(found))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt on the way in, under the data key of the row's owner.

        A row that is itself the owner gets its key when it is made, whatever it says: a key tells nothing.
        """
        text = getattr(model_instance, self.attname)
        if isinstance(text, Erased):
            return Stored(text.stored)
        owns = add and model_instance._meta.pk.attname == self.of
        if text in (None, "") and not owns:
            return text
        data_key = key_of(self.owner_of(model_instance))
        if text in (None, ""):
            return text
        return Stored(seal_under(data_key, str(text), place=self.place, row=model_instance.pk))

    def get_prep_value(self, value: Any) -> Any:
        """Let through what `pre_save` closed.

        Raises:
            FieldError: a text comes without its row, as `update` brings it: no data key could be found for it.
        """
        if value in (None, "") or isinstance(value, Stored):
            return super().get_prep_value(value)
        raise FieldError(f"{self.place} is encrypted: it is written by saving its record.")

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Let the database hand out each value with the key of its row and the closed data key."""
        column = COLUMN.fullmatch(sql)
        if column is None:
            return sql, params
        key = compiler.connection.ops.quote_name(self.model._meta.pk.column)
        return f"fw.with_key({sql}, {column[1]}.{key}::text)", params

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        """Decrypt on the way out."""
        if value is None or value == "":
            return value
        return open_stored(str(value), place=self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it empty" can be asked of an encrypted column."""
        return {"isnull": super().get_lookup("isnull"), "exact": IsEmpty}.get(lookup_name)


class IsEmpty(Exact):
    """Compares with the empty text alone: two encryptions of one text differ, so nothing else would ever match."""

    def get_prep_lookup(self) -> Any:
        """Refuse a comparison that could never be true."""
        if self.rhs != "":
            raise FieldError("An encrypted column can only be compared with the empty text.")
        return self.rhs
