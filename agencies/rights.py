"""Rights on the directory and on what decides rights; which rows, the policies say (`agencies/access/sql`)."""

_KEPT = {"web": "SELECT, INSERT, UPDATE", "sweep": "SELECT", "definer": "SELECT"}
_PART = {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT"}

RIGHTS = {
    "agencies_user": _KEPT,
    "agencies_agency": _KEPT,
    "agencies_team": _KEPT,
    "agencies_membership": _KEPT | {"definer": "SELECT, UPDATE"},
    "agencies_conflictofinterest": _PART,
    "agencies_review": _PART,
    "agencies_staffrecord": _PART,
    "agencies_brokenglass": _PART,
    "agencies_agreement": {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT"},
    "agencies_signature": {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT"},
    "agencies_hubsettings": {"web": "SELECT, INSERT, UPDATE", "sweep": "SELECT"},
    "agencies_submission": {"web": "SELECT, INSERT, UPDATE, DELETE"},
}
