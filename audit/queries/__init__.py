"""Reads of the evidence: each through a function of the database that applies its own rule."""

from audit.queries.events import LastEvent, PastEvent, history_of, last_event
from audit.queries.seals import Finding, Waiting, findings, waiting

__all__ = ["Finding", "LastEvent", "PastEvent", "Waiting", "findings", "history_of", "last_event", "waiting"]
