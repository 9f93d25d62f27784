"""The sections and sources of every stage, joined."""

from __future__ import annotations

from collections.abc import Mapping

import contacts.queries
import decisions.queries
import information_sharing.queries
import screening.queries
from common.work import Section, Source

STAGES = (contacts.queries, screening.queries, information_sharing.queries, decisions.queries)

SECTIONS: Mapping[str, Section] = {section.key: section for stage in STAGES for section in stage.SECTIONS}
"""Every section by its key, stage by stage; the page has an order of its own (`order.py`)."""

SOURCES: Mapping[str, Source] = {source.key: source for stage in STAGES for source in stage.SOURCES}
"""Where their lines come from."""
