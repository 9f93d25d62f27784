"""Fixtures of this stage's pages."""

from __future__ import annotations

import pytest

from information_sharing.models import InformationRequest
from tests.scenes.enquiries import Case, ask, open_case


@pytest.fixture
def case(db: None) -> Case:
    """Return a Red enquiry with two children and an adult."""
    return open_case()


@pytest.fixture
def asked(case: Case) -> InformationRequest:
    """Return a request to the police about one of the children."""
    return ask(case, "police")[0]
