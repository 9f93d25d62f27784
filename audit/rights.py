"""Rights on the evidence: written by all, changed by none."""

RIGHTS = {
    "audit_event": {"web": "SELECT, INSERT", "sweep": "INSERT", "auditor": "SELECT"},
    "audit_reading": {"web": "INSERT", "auditor": "SELECT"},
    "audit_refusal": {"web": "INSERT", "auditor": "SELECT"},
}
