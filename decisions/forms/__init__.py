"""Forms of analysis, decision, release and feedback: they parse and word errors, and write nothing."""

from decisions.forms.analysis import AnalysisForm
from decisions.forms.came_back import CameBackForm, SettleReturnForm
from decisions.forms.decision import DecisionForm, JointViewForm
from decisions.forms.ending import (
    ComplaintAnswerForm,
    ComplaintForm,
    FeedbackForm,
    HoldBackForm,
    LetterForm,
    PassOnForm,
    RingForm,
)
from decisions.forms.replacing import CallForm, PlanForm, RecallForm, StandsForm, SupersedeForm
from decisions.forms.summary import DeclineForm, DoorForm, MessageForm, PlacingForm, PlainDoorForm, SummaryForm
from decisions.forms.undelivered import SeeToForm

__all__ = [
    "AnalysisForm",
    "CallForm",
    "CameBackForm",
    "ComplaintAnswerForm",
    "ComplaintForm",
    "DecisionForm",
    "DeclineForm",
    "DoorForm",
    "FeedbackForm",
    "HoldBackForm",
    "JointViewForm",
    "LetterForm",
    "MessageForm",
    "PassOnForm",
    "PlacingForm",
    "PlainDoorForm",
    "PlanForm",
    "RecallForm",
    "RingForm",
    "SeeToForm",
    "SettleReturnForm",
    "StandsForm",
    "SummaryForm",
    "SupersedeForm",
]
