"""Rights on the directory and on what decides rights; which rows, the policies say (`agencies/sql`)."""

_KEPT = {"web": "SELECT, INSERT, UPDATE", "sweep": "SELECT", "definer": "SELECT"}
_REVIEWED = "UPDATE (reviewed_at, reviewed_by_id, finding)"
_PART = {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT"}

RIGHTS = {
    "agencies_absence": _KEPT | {"definer": "SELECT, UPDATE"},
    "agencies_duty": _KEPT | {"definer": "SELECT, UPDATE"},
    "agencies_user": _KEPT | {"definer": "SELECT, UPDATE"},
    "agencies_agency": _KEPT,
    "agencies_team": _KEPT,
    "agencies_membership": _KEPT | {"definer": "SELECT, INSERT, UPDATE"},
    "agencies_roleproposal": _PART | {"definer": "SELECT, UPDATE (membership_id)"},
    "agencies_conflictofinterest": _PART,
    "agencies_review": _PART | {"definer": "SELECT, UPDATE (ended_at)"},
    "agencies_brokenglass": {"web": f"SELECT, {_REVIEWED}", "definer": "SELECT, INSERT, UPDATE (ends_at)"},
    "agencies_emergencyuse": {"web": f"SELECT, INSERT, {_REVIEWED}", "definer": "SELECT"},
    "agencies_findingreason": {"web": "SELECT, INSERT"},
    "agencies_needreason": {"web": "SELECT, INSERT", "definer": "INSERT"},
    "agencies_staffrecord": _PART,
    "agencies_agreement": {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT, UPDATE (id)"},
    "agencies_signature": {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT, UPDATE (id)"},
    "agencies_hubsettings": {"web": "SELECT, INSERT, UPDATE", "sweep": "SELECT"},
    "agencies_formername": {"web": "SELECT, INSERT", "sweep": "SELECT", "definer": "SELECT"},
    "agencies_settingchange": {"web": "SELECT, INSERT"},
    "agencies_datakey": {"definer": "SELECT, INSERT, UPDATE"},
    "agencies_passwordtries": {"web": "SELECT, INSERT, UPDATE"},
    "agencies_kepttext": {"definer": "SELECT, INSERT, UPDATE, DELETE"},
    "agencies_submission": {"web": "SELECT, INSERT, UPDATE, DELETE"},
}
