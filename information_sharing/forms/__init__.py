"""Forms of asking, answering and sealing: they parse and word errors, and write nothing."""

from information_sharing.forms.answering import (
    AddForm,
    AnswerForm,
    CannotSearchForm,
    NothingHeldForm,
    ReaderForm,
    WithheldForm,
)
from information_sharing.forms.asking import (
    AgencyAskForm,
    AskForm,
    AuthorityForm,
    ChooseForm,
    EmergencyForm,
    OpenAddressForm,
)
from information_sharing.forms.items import (
    ConfirmForm,
    ConfirmItemForm,
    ItemSet,
    ReviseForm,
    SealForm,
    SpokenForm,
    SpokenItemSet,
    asks_at_door,
    new_item,
    with_pieces,
)
from information_sharing.forms.sealed import AgreeForm, DecideWordsForm, InstructionForm

__all__ = [
    "AddForm",
    "AgencyAskForm",
    "AgreeForm",
    "AnswerForm",
    "AskForm",
    "AuthorityForm",
    "CannotSearchForm",
    "ChooseForm",
    "ConfirmForm",
    "ConfirmItemForm",
    "DecideWordsForm",
    "EmergencyForm",
    "InstructionForm",
    "ItemSet",
    "NothingHeldForm",
    "OpenAddressForm",
    "ReaderForm",
    "ReviseForm",
    "SealForm",
    "SpokenForm",
    "SpokenItemSet",
    "WithheldForm",
    "asks_at_door",
    "new_item",
    "with_pieces",
]
