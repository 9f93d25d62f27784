"""The sealed box: one clock that the whole product believes, and one seed for all that is drawn at random."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from unittest import mock

from django.utils import timezone

from agencies.access import identity
from common.moments import LONDON


@dataclass
class VirtualClock:
    """The time in the box, in whole seconds: the signature that tells the database carries no fractions.

    Attributes:
        now: aware, in UTC.
    """

    now: datetime

    @property
    def london(self) -> datetime:
        """The same moment as the clock on the wall of the hub shows it."""
        return self.now.astimezone(LONDON)

    def read(self) -> datetime:
        """Return the present moment."""
        return self.now

    def forward(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by

    @contextmanager
    def believed(self) -> Iterator[None]:
        """Let every page, every action and the database take this for the present moment."""
        signed = identity.sign

        def sign(membership_id: object, *, expires: int, as_of: datetime | None = None) -> str:
            return signed(membership_id, expires=expires, as_of=as_of or self.now)  # type: ignore[arg-type]

        with mock.patch.object(timezone, "now", self.read), mock.patch.object(identity, "sign", sign):
            yield


@contextmanager
def drawn_from(seed: str) -> Iterator[None]:
    """Draw keys, references, tokens and nonces of this process from a seed."""
    source = random.Random(seed)  # noqa: S311 - the same every time is what is wanted
    with mock.patch.object(os, "urandom", source.randbytes), mock.patch.object(random, "_urandom", source.randbytes):
        yield
