"""Rights on requests and items. The marker is the trigger's alone; a grant ends with a row taken away."""

_CASE = {"web": "SELECT, INSERT, UPDATE", "definer": "SELECT, UPDATE"}
_KEPT = {"web": "SELECT, INSERT", "definer": "SELECT"}

RIGHTS = {
    "information_sharing_sharingauthority": _KEPT,
    "information_sharing_informationrequest": _CASE,
    "information_sharing_requestsubject": {"web": "SELECT, INSERT", "definer": "SELECT, INSERT, DELETE"},
    "information_sharing_answer": _CASE,
    "information_sharing_item": _CASE,
    "information_sharing_itemtext": {"web": "SELECT, INSERT", "definer": "SELECT, DELETE"},
    "information_sharing_sealedtext": _KEPT,
    "information_sharing_sealedreader": {"web": "SELECT, INSERT", "definer": "SELECT, UPDATE"},
    "information_sharing_heldmarker": {"web": "SELECT", "definer": "SELECT, INSERT, DELETE"},
    "information_sharing_safetyinstruction": _CASE,
    "information_sharing_itemgrant": {"web": "SELECT, INSERT, DELETE", "definer": "SELECT, DELETE"},
}
