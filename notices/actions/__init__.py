"""The only writer of notices."""

from notices.actions.history import settle_past
from notices.actions.reading import mark_all_read, mark_read
from notices.actions.sending import Outcome, put_aside, retry_mail, send_notice, send_once_more, send_waiting, try_again
from notices.actions.standing_in import Done, SecondClock, run_round
from notices.actions.sweeping import sweep
from notices.actions.writing import notify, notify_address, notify_holders, notify_or_holders, withdraw_from_address
from notices.rules import Message

__all__ = [
    "Done",
    "Message",
    "Outcome",
    "SecondClock",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_address",
    "notify_holders",
    "notify_or_holders",
    "put_aside",
    "retry_mail",
    "run_round",
    "send_notice",
    "send_once_more",
    "send_waiting",
    "settle_past",
    "sweep",
    "try_again",
    "withdraw_from_address",
]
