"""Rights on notices: the web writes them and marks them read, the sweep sends them."""

_CARRIED = "SELECT, UPDATE (to_address, body)"
"""Of the definer, for texts of before data keys that a rotation closes anew."""

RIGHTS = {
    "notices_notice": {"web": "SELECT, INSERT, UPDATE", "sweep": "SELECT, INSERT, UPDATE", "definer": _CARRIED},
    "notices_deadletter": {"web": "SELECT, UPDATE (retried_at)", "sweep": "SELECT, INSERT"},
}
