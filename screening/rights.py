"""Rights on screening; nothing is deleted by the web role, and grants of requests are the trigger's alone."""

_CASE = {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT, UPDATE"}
_KEPT = {"web": "SELECT, INSERT", "definer": "SELECT"}

RIGHTS = {
    "screening_enquiry": _CASE,
    "screening_rating": _KEPT,
    "screening_owndeadline": _KEPT,
    "screening_reopening": _KEPT,
    "screening_screening": _CASE,
    "screening_screeningreasons": _KEPT,
    "screening_childscreening": _KEPT,
    "screening_panelview": _CASE,
    "screening_handover": _CASE,
    "screening_handoverexchange": _KEPT,
    "screening_enquirygrant": {"web": "SELECT", "definer": "SELECT, INSERT, DELETE"},
    "screening_handovergrant": {"web": "SELECT, INSERT", "definer": "SELECT, DELETE"},
}
