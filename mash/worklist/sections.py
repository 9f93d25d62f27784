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
"""Every section by its key, in the order of the stages."""

SOURCES: Mapping[str, Source] = {source.key: source for stage in STAGES for source in stage.SOURCES}
"""Where their lines come from."""
