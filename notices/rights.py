"""Rights on notices: the web writes them and marks them read, the sweep sends them."""

RIGHTS = {
    "notices_notice": {"web": "SELECT, INSERT, UPDATE", "sweep": "SELECT, INSERT, UPDATE", "definer": "SELECT"},
    "notices_deadletter": {"web": "SELECT, UPDATE (seen_to_at)", "sweep": "SELECT, INSERT"},
}
