"""The state tables of a MASH summary, a letter, a complaint and a text that is checked, as data."""

from agencies.access.roles import ASSIGNED, RECEIVER
from agencies.choices import Role
from common.transition import StateTable, move
from decisions.choices import ComplaintState as C
from decisions.choices import LetterState as L
from decisions.choices import OutgoingTextState as T
from decisions.choices import SummaryState as S

IS_OUT = "What a team has is not taken from it: replace it, or, if it should never have gone there, hide it."

SUMMARY: StateTable = {
    "summary.prepared": move((S.DRAFT, S.WITH_MANAGER), None, (ASSIGNED, Role.MANAGER), "Change the summary"),
    "summary.put_to_manager": move(S.DRAFT, S.WITH_MANAGER, (ASSIGNED, Role.MANAGER), "Send to the manager"),
    "summary.sent_back": move(S.WITH_MANAGER, S.DRAFT, Role.MANAGER, "Send back to the social worker"),
    "summary.released": move((S.DRAFT, S.WITH_MANAGER), S.SENT, Role.MANAGER, "Release"),
    "summary.accepted": move((S.SENT, S.QUERIED), S.ACCEPTED, RECEIVER, "Accept"),
    "summary.queried": move(S.SENT, S.QUERIED, RECEIVER, "Query"),
    "summary.answered": move(S.QUERIED, S.SENT, (Role.MANAGER, ASSIGNED), "Answer the query"),
    "summary.declined": move((S.SENT, S.QUERIED), S.DECLINED, RECEIVER, "Decline"),
    "summary.change_settled": move((S.SENT, S.QUERIED, S.ACCEPTED), None, Role.MANAGER, "It stands as it is"),
    "summary.superseded": move((S.SENT, S.QUERIED, S.ACCEPTED), S.SUPERSEDED, Role.MANAGER, "Replace"),
    "summary.plan_said": move(S.SUPERSEDED, S.SETTLED, RECEIVER, "Say whether it changes your plan"),
    "summary.telephoned": move((S.SUPERSEDED, S.SETTLED), None, (Role.MANAGER, ASSIGNED), "Record the telephone call"),
    "summary.recalled": move(
        (S.SENT, S.QUERIED, S.ACCEPTED, S.SUPERSEDED, S.SETTLED), S.WITHDRAWN, Role.MANAGER, "Hide it: a breach"
    ),
    "summary.discarded": move(
        (S.DRAFT, S.WITH_MANAGER), S.WITHDRAWN, (ASSIGNED, Role.MANAGER), "Discard the draft", IS_OUT
    ),
}

LETTER: StateTable = {
    "letter.written": move(L.DRAFT, None, (Role.FRONT_DOOR, Role.MANAGER), "Save"),
    "letter.sent": move(L.DRAFT, L.SENT, (Role.FRONT_DOOR, Role.MANAGER), "Mark as posted"),
    "letter.held_back": move(L.DRAFT, L.HELD_BACK, (Role.FRONT_DOOR, Role.MANAGER), "Hold back"),
}

COMPLAINT: StateTable = {
    "complaint.answered": move(C.OPEN, C.ANSWERED, (Role.FRONT_DOOR, Role.MANAGER), "Record the answer"),
}

OUTGOING_TEXT: StateTable = {
    "text.passed": move(T.WAITING, T.PASSED, Role.MANAGER, "Send it as checked"),
    "text.sent_back": move(T.WAITING, T.SENT_BACK, Role.MANAGER, "Send it back to its writer"),
}
