"""Rights on contacts; nothing is deleted by the web role."""

_CASE = {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT, UPDATE"}
_KEPT = {"web": "SELECT, INSERT", "definer": "SELECT"}

RIGHTS = {
    "contacts_contact": _CASE,
    "contacts_report": _KEPT,
    "contacts_referrer": _CASE,
    "contacts_receipt": _CASE,
    "contacts_person": _CASE,
    "contacts_subject": _CASE,
    "contacts_relation": _CASE,
    "contacts_personlink": _CASE,
    "contacts_personapart": _CASE,
    "contacts_correction": _KEPT,
    "contacts_earliervalue": {"web": "SELECT, INSERT"},
    "contacts_protection": _CASE,
    "contacts_whereabouts": _KEPT,
    "contacts_furtherreason": _KEPT,
    "contacts_strategydiscussion": _KEPT,
    "contacts_staffmatch": {
        "web": "SELECT, UPDATE",
        "sweep": "SELECT, UPDATE (told_at, settle_by, chased_at)",
        "definer": "SELECT, INSERT",
    },
}
