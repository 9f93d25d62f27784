"""Writing evidence, and sealing what was written."""

from audit.actions.recording import ActorLike, record, record_reading, record_refusal
from audit.actions.sealing import seal_logs

__all__ = ["ActorLike", "record", "record_reading", "record_refusal", "seal_logs"]
