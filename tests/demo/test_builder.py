"""The demo hub is built through the actions and looks like a hub at work."""

from __future__ import annotations

import pytest
from django.utils import timezone

from mash.demo.builder import build_hub


@pytest.mark.django_db
def test_it_builds():
    assert build_hub(at=timezone.now()) > 70
