"""The state tables of a request and of a safety instruction, as data."""

from agencies.access.roles import ASKED, ASSIGNED
from agencies.choices import Role
from common.transition import StateTable, move
from information_sharing.choices import InstructionState as I
from information_sharing.choices import RequestState as R

UNANSWERED = (R.SENT, R.HEARD, R.CANNOT_SEARCH)

REQUEST: StateTable = {
    "request.heard": move(R.SENT, R.HEARD, ASKED, "Tell the hub you have started"),
    "request.cannot_search": move(UNANSWERED, R.CANNOT_SEARCH, ASKED, "We cannot search yet"),
    "request.answered": move(UNANSWERED, R.ANSWERED, ASKED, "Answer"),
    "request.answered_by_telephone": move(
        UNANSWERED, R.ANSWERED, (ASSIGNED, Role.MANAGER), "Record a telephone answer"
    ),
    "request.answer_confirmed": move(R.ANSWERED, None, ASKED, "Confirm"),
    "request.item_added": move(R.ANSWERED, None, ASKED, "Add information"),
    "request.withdrawn": move(UNANSWERED, R.WITHDRAWN, (ASSIGNED, Role.MANAGER), "Withdraw"),
}

INSTRUCTION: StateTable = {
    "instruction.agreed": move((I.PROPOSED, I.REFUSED), I.AGREED, ASKED, "Agree this wording"),
    "instruction.refused": move(I.PROPOSED, I.REFUSED, ASKED, "Refuse"),
    "instruction.refused_by_lead": move(I.REFUSED, I.REFUSED_BY_LEAD, Role.LEAD, "Refuse for the agency"),
    "instruction.decided_by_manager": move(
        (I.PROPOSED, I.REFUSED, I.REFUSED_BY_LEAD), I.DECIDED, Role.MANAGER, "Decide the wording"
    ),
}
