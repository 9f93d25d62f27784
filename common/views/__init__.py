"""The view kit: what the pages of every stage are made of. It knows no app: what needs a viewer is in `agencies`."""

from common.views.attempts import attempt, posted, refuse, result_of
from common.views.moves import Button, Offer, buttons, offer_of, offers, offers_of
from common.views.paging import page_number
from common.views.posting import posted_key, posted_version
from common.views.rows import Line, Row, Ways

__all__ = [
    "Button",
    "Line",
    "Offer",
    "Row",
    "Ways",
    "attempt",
    "buttons",
    "offer_of",
    "offers",
    "offers_of",
    "page_number",
    "posted",
    "posted_key",
    "posted_version",
    "refuse",
    "result_of",
]
