"""The six cases that every part of the product must carry, from contact to feedback.

Source: the leaflets of the Redbridge hub (2012) and of the Northamptonshire hub (2018), whose facts are kept; names,
days, ages and wording are invented.
"""

from demo.cases.home_alone import HOME_ALONE
from demo.cases.marks_at_school import MARKS_AT_SCHOOL
from demo.cases.mother_at_risk import MOTHER_AT_RISK
from demo.cases.outbursts import OUTBURSTS
from demo.cases.restraining_order import RESTRAINING_ORDER
from demo.cases.staying_away import STAYING_AWAY
from demo.shapes import CaseText

CASES: tuple[CaseText, ...] = (
    MOTHER_AT_RISK,
    MARKS_AT_SCHOOL,
    RESTRAINING_ORDER,
    HOME_ALONE,
    OUTBURSTS,
    STAYING_AWAY,
)
"""RB1, RB2, RB3, NN1, NN2, NN3."""

__all__ = [
    ("CASES"),
    ("HOME_ALONE"),
    ("MARKS_AT_SCHOOL"),
    ("MOTHER_AT_RISK"),
    ("OUTBURSTS"),
    ("RESTRAINING_ORDER"),
    ("STAYING_AWAY"),
]
