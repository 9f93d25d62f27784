"""Rights on the directory. Until the Firewall's write policies, actions alone say who changes it."""

_KEPT = {"web": "SELECT, INSERT, UPDATE", "sweep": "SELECT", "definer": "SELECT"}

RIGHTS = {
    "agencies_user": _KEPT,
    "agencies_agency": _KEPT,
    "agencies_team": _KEPT,
    "agencies_membership": _KEPT,
    "agencies_agreement": {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT"},
    "agencies_signature": {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT"},
    "agencies_hubsettings": {"web": "SELECT, INSERT, UPDATE", "sweep": "SELECT"},
    "agencies_datakey": {"definer": "SELECT, INSERT, UPDATE"},
    "agencies_passwordtries": {"web": "SELECT, INSERT, UPDATE"},
    "agencies_submission": {"web": "SELECT, INSERT, UPDATE, DELETE"},
}
