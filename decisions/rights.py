"""Rights on decisions. What a summary holds may be unpicked while it is a draft; a released one is frozen.

The worker tells of changes and of what did not arrive: of a summary it reads what it is called and whose it is.
"""

_CASE = {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT, UPDATE"}
_KEPT = {"web": "SELECT, INSERT", "definer": "SELECT"}
_DRAFT = {"web": "SELECT, INSERT, UPDATE, DELETE", "definer": "SELECT"}

RIGHTS = {
    "decisions_analysis": _CASE,
    "decisions_childmeaning": _CASE,
    "decisions_analysisversion": _KEPT,
    "decisions_pickeditem": _CASE,
    "decisions_jointview": _CASE,
    "decisions_decision": _KEPT,
    "decisions_childdecision": _KEPT,
    "decisions_childreasons": _KEPT,
    "decisions_decisionbasis": _KEPT,
    "decisions_sealedreasons": _KEPT,
    "decisions_considereditem": {"web": "SELECT, INSERT", "definer": "SELECT, UPDATE"},
    "decisions_dissent": _KEPT,
    "decisions_mashsummary": {**_CASE, "sweep": "SELECT (id, reference, enquiry_id, team_id, social_worker_id)"},
    "decisions_summarychild": _DRAFT,
    "decisions_summaryinstruction": _DRAFT,
    "decisions_summaryitem": _DRAFT,
    "decisions_summaryplaces": _KEPT,
    "decisions_exchange": _KEPT,
    "decisions_summarychange": {
        "web": "SELECT, UPDATE",
        "sweep": "SELECT, UPDATE (told_at)",
        "definer": "SELECT, INSERT",
    },
    "decisions_recall": _KEPT,
    "decisions_summarygrant": {"web": "SELECT, INSERT, DELETE", "definer": "SELECT, DELETE"},
    "decisions_feedback": _KEPT,
    "decisions_familyletter": _CASE,
    "decisions_complaint": _CASE,
    "decisions_outgoingtext": _CASE,
    "decisions_correctionnotice": _CASE,
    "decisions_askedthrough": {"web": "SELECT", "definer": "SELECT, INSERT"},
    "decisions_undelivered": {
        "web": "SELECT, UPDATE",
        "sweep": "SELECT, UPDATE (noted_at)",
        "definer": "SELECT, INSERT, UPDATE",
    },
    "decisions_cameback": {**_CASE, "definer": "SELECT"},
    "decisions_untold": {"definer": "SELECT, INSERT, DELETE"},
    "decisions_letterowed": {"definer": "SELECT, INSERT, DELETE"},
}
