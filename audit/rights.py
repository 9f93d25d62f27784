"""Rights on the evidence: written by all, read through functions, changed by none."""

_LOG = {"web": "INSERT", "sweep": "INSERT", "auditor": "SELECT", "definer": "SELECT"}

RIGHTS = {
    "audit_event": _LOG,
    "audit_reading": _LOG,
    "audit_refusal": _LOG,
    "audit_unsealed": {"auditor": "SELECT", "definer": "SELECT, INSERT, DELETE"},
    "audit_logseal": {"auditor": "SELECT", "definer": "SELECT, INSERT"},
}
