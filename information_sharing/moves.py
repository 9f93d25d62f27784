"""The moves of a request and of a safety instruction that people make."""

from common.views.moves import Offer, offers
from information_sharing import actions, forms
from information_sharing.transitions import INSTRUCTION, REQUEST

ASKED, AGREED = "information_sharing:request", "information_sharing:instruction"

offers(
    REQUEST,
    Offer("request.heard", "information_sharing:heard", actions.give_first_word, page=ASKED),
    Offer(
        "request.cannot_search", "information_sharing:cannot_search", actions.cannot_search_yet, forms.CannotSearchForm
    ),
    Offer("request.answered", "information_sharing:answer", actions.answer_with_items, forms.AnswerForm),
    Offer("request.answered", "information_sharing:nothing", actions.answer_nothing_held, forms.NothingHeldForm, ASKED),
    Offer("request.answered", "information_sharing:withheld", actions.answer_withheld, forms.WithheldForm),
    Offer(
        "request.answered_by_telephone", "information_sharing:spoken", actions.record_spoken_answer, forms.SpokenForm
    ),
    Offer("request.answer_confirmed", "information_sharing:confirm", actions.confirm_answer, forms.ConfirmForm),
    Offer("request.item_added", "information_sharing:add_item", actions.add_items, forms.AddForm),
    Offer("request.withdrawn", "information_sharing:withdraw", actions.withdraw_request, page=ASKED),
)
offers(
    INSTRUCTION,
    Offer("instruction.agreed", AGREED, actions.agree_instruction, forms.AgreeForm),
    Offer("instruction.refused", "information_sharing:refuse_instruction", actions.refuse_instruction, page=AGREED),
    Offer(
        "instruction.refused_by_lead",
        "information_sharing:refuse_for_agency",
        actions.refuse_for_agency,
        page=AGREED,
    ),
    Offer(
        "instruction.decided_by_manager",
        "information_sharing:decide_instruction",
        actions.decide_instruction,
        forms.DecideWordsForm,
    ),
)
