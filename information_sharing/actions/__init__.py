"""The only writer of requests, answers, items and what hangs on them."""

from information_sharing.actions.answering import (
    Search,
    add_items,
    answer_nothing_held,
    answer_with_items,
    answer_withheld,
    cannot_search_yet,
    give_first_word,
)
from information_sharing.actions.asking import (
    ASKING,
    Ask,
    Worded,
    authorise_sharing,
    request_information,
    withdraw_request,
    word_requests,
)
from information_sharing.actions.changing import Revision, revise_item, withdraw_item
from information_sharing.actions.emergency import open_emergency
from information_sharing.actions.instructions import (
    agree_instruction,
    decide_instruction,
    may_decide_now,
    propose_instruction,
    refuse_for_agency,
    refuse_instruction,
)
from information_sharing.actions.lapsing import end_unanswered
from information_sharing.actions.sealing import deposit_sealed, end_reader, name_reader
from information_sharing.actions.silence import tell_of_silence
from information_sharing.actions.speaking import Confirmed, confirm_answer, record_spoken_answer
from information_sharing.actions.writing import NewItem

__all__ = [
    "ASKING",
    "Ask",
    "Confirmed",
    "NewItem",
    "Revision",
    "Search",
    "Worded",
    "add_items",
    "agree_instruction",
    "answer_nothing_held",
    "answer_with_items",
    "answer_withheld",
    "authorise_sharing",
    "cannot_search_yet",
    "confirm_answer",
    "decide_instruction",
    "deposit_sealed",
    "end_reader",
    "end_unanswered",
    "give_first_word",
    "may_decide_now",
    "name_reader",
    "open_emergency",
    "propose_instruction",
    "record_spoken_answer",
    "refuse_for_agency",
    "refuse_instruction",
    "request_information",
    "revise_item",
    "tell_of_silence",
    "withdraw_item",
    "withdraw_request",
    "word_requests",
]
