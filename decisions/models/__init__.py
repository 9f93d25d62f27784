"""Analysis, decision per child, the MASH summary with its frozen copies, feedback, letters, complaints."""

from decisions.models.analysis import Analysis, AnalysisVersion, ChildMeaning, PickedItem
from decisions.models.came_back import CameBack
from decisions.models.checking import OutgoingText
from decisions.models.correction import AskedThrough, CorrectionNotice
from decisions.models.decision import (
    ChildDecision,
    ChildReasons,
    ConsideredItem,
    Decision,
    DecisionBasis,
    Dissent,
    JointView,
    SealedReasons,
)
from decisions.models.ending import Complaint, FamilyLetter, Feedback
from decisions.models.replacing import Recall, SummaryChange
from decisions.models.summary import (
    Exchange,
    MashSummary,
    SummaryChild,
    SummaryInstruction,
    SummaryItem,
    SummaryPlaces,
)
from decisions.models.undelivered import Undelivered

__all__ = [
    "Analysis",
    "AnalysisVersion",
    "AskedThrough",
    "CameBack",
    "ChildDecision",
    "ChildMeaning",
    "ChildReasons",
    "Complaint",
    "ConsideredItem",
    "CorrectionNotice",
    "Decision",
    "DecisionBasis",
    "Dissent",
    "Exchange",
    "FamilyLetter",
    "Feedback",
    "JointView",
    "MashSummary",
    "OutgoingText",
    "PickedItem",
    "Recall",
    "SealedReasons",
    "SummaryChange",
    "SummaryChild",
    "SummaryInstruction",
    "SummaryItem",
    "SummaryPlaces",
    "Undelivered",
]
