"""Text at rest: encrypted with named keys, bound to its place, rotated, and honest about a missing key."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import TextField, Value

from common import key_ring
from common.encryption import EncryptedTextField, KeyMissing, Tampered, read_ring, seal, unseal
from contacts.models import Contact
from tests.scenes.rows import new_contact

PLACE = "contacts_contact.address"
TEXTS = ("14 Elm Road", "", "emoji 🐘 and עברית", "<script>alert(1)</script>", "x" * 20_000, "a.b.c", "enc1.k.x", "\n")


def key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
def keys(settings: object) -> Iterator[list[str]]:
    """Set a ring of two keys; a test may put others."""
    ring = [f"new:{key()}", f"old:{key()}"]
    settings.MASH_FIELD_KEYS = ",".join(ring)  # type: ignore[attr-defined]
    yield ring
    key_ring._ring_of.cache_clear()


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_back_as_it_went(text: str, keys: list[str]) -> None:
    sealed = seal(text, place=PLACE)
    assert (unseal(sealed, place=PLACE), sealed.startswith("enc1.new.")) == (text, True)
    assert (text in sealed.removeprefix("enc1.new.")) is (text == "")


def test_one_text_is_never_the_same_twice(keys: list[str]) -> None:
    assert len({seal("14 Elm Road", place=PLACE) for _ in range(50)}) == 50


def test_value_of_another_place_does_not_open(keys: list[str]) -> None:
    with pytest.raises(Tampered):
        unseal(seal("14 Elm Road", place=PLACE), place="contacts_referrer.name")


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "plain",
        "enc1.new",
        "enc1.new.",
        "enc1.new.AAAA",
        "enc1.new.!!!",
        "enc2.new.AAAA",
        "enc1..AAAA",
        "enc1.new." + "A" * 80,
    ],
)
def test_altered_value_is_said_to_be_altered(stored: str, keys: list[str]) -> None:
    with pytest.raises((Tampered, KeyMissing)):
        unseal(stored, place=PLACE)


def test_every_changed_byte_is_noticed(keys: list[str]) -> None:
    head, _, body = seal("14 Elm Road", place=PLACE).rpartition(".")
    raw = base64.b64decode(body)
    for position in range(len(raw)):
        changed = bytes([*raw[:position], raw[position] ^ 1, *raw[position + 1 :]])
        with pytest.raises(Tampered):
            unseal(f"{head}.{base64.b64encode(changed).decode()}", place=PLACE)


def test_rotation_reads_the_old_and_writes_the_new(settings: object, keys: list[str]) -> None:
    settings.MASH_FIELD_KEYS = keys[1]  # type: ignore[attr-defined]
    before = seal("14 Elm Road", place=PLACE)
    settings.MASH_FIELD_KEYS = ",".join(keys)  # type: ignore[attr-defined]
    assert (unseal(before, place=PLACE), seal("x", place=PLACE)[:9]) == ("14 Elm Road", "enc1.new.")
    settings.MASH_FIELD_KEYS = keys[0]  # type: ignore[attr-defined]
    with pytest.raises(KeyMissing, match="Key 'old' is not on the key ring: add it to MASH_FIELD_KEYS"):
        unseal(before, place=PLACE)


@pytest.mark.parametrize(
    "ring",
    [
        "",
        " , ",
        "k",
        "k:",
        f":{key()}",
        "k:not base64!",
        f"k:{base64.b64encode(b'short').decode()}",
        f"a.b:{key()}",
        f"k:{key()},k:{key()}",
    ],
    ids=range(9),
)
def test_odd_ring_is_refused(ring: str) -> None:
    with pytest.raises(ValueError, match="MASH_FIELD_KEYS"):
        read_ring(ring)


def test_ring_forgives_spaces_and_keeps_its_order() -> None:
    ring = read_ring(f" first:{key()} , second:{key()},")
    assert (ring.current, list(ring.keys)) == ("first", ["first", "second"])


@pytest.mark.django_db
@pytest.mark.parametrize("text", TEXTS)
def test_column_rests_encrypted(text: str) -> None:
    contact = new_contact(address=text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM contacts_contact WHERE id = %s", [contact.pk])
        stored = cursor.fetchone()[0]
    assert (Contact.objects.get(pk=contact.pk).address, stored[:5]) == (text, "enc2." if text else "")


@pytest.mark.django_db
def test_only_emptiness_can_be_asked_of_it() -> None:
    new_contact(address="14 Elm Road")
    new_contact()
    assert (Contact.objects.filter(address="").count(), Contact.objects.exclude(address="").count()) == (1, 1)
    assert Contact.objects.filter(address__isnull=True).count() == 0
    with pytest.raises(FieldError, match="only be compared with the empty text"):
        Contact.objects.filter(address="14 Elm Road").count()
    for lookup in ("contains", "icontains", "startswith", "in", "regex", "gt"):
        with pytest.raises(FieldError):
            Contact.objects.filter(**{f"address__{lookup}": ["x"] if lookup == "in" else "x"}).count()


@pytest.mark.django_db
def test_field_knows_its_place_and_leaves_nothing_alone() -> None:
    field = Contact._meta.get_field("address")
    assert isinstance(field, EncryptedTextField)
    assert (field.place, field.get_prep_value(None), field.from_db_value(None, None, None)) == (PLACE, None, None)
    new_contact(address="14 Elm Road")
    assert list(Contact.objects.values_list("address", flat=True)) == ["14 Elm Road"]
    assert list(Contact.objects.annotate(x=Value("y", TextField())).values_list("x", flat=True)) == ["y"]
