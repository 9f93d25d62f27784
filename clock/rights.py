"""Rights on the clock's tables; the definer plants `seeds.py`.

The worker begins and ends clocks and moves `next_check_at`: what an instant was reckoned from never changes in a row.
"""

_KEPT = "SELECT, INSERT, UPDATE, DELETE"
_REFERENCE = {"web": "SELECT, INSERT", "sweep": "SELECT", "definer": "SELECT, INSERT"}

RIGHTS = {
    "clock_ratingpolicy": _REFERENCE,
    "clock_bankholiday": _REFERENCE,
    "clock_closure": {"web": "SELECT, INSERT, DELETE", "sweep": "SELECT"},
    "clock_ladderstep": {"web": "SELECT, INSERT, UPDATE, DELETE", "sweep": "SELECT", "definer": "SELECT, INSERT"},
    "clock_deadline": {
        "web": "SELECT, INSERT, UPDATE",
        "sweep": "SELECT, INSERT, UPDATE (met_at, cancelled_at, next_check_at, version)",
        "definer": "SELECT, UPDATE",
    },
    "clock_breachreason": {"web": "SELECT, INSERT"},
    "clock_escalation": {"web": "SELECT, INSERT", "sweep": "SELECT, INSERT", "definer": "SELECT"},
    "clock_failedrow": {"web": _KEPT, "sweep": _KEPT},
    "clock_heartbeat": {"web": "SELECT", "sweep": "SELECT, INSERT, UPDATE"},
}
