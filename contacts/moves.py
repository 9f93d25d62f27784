"""The moves of a contact and of protective work that people make."""

from common.views.moves import Offer, offers
from contacts import actions
from contacts.forms.contact import AmendForm, CorrectionForm
from contacts.forms.keeping_safe import HomeSafeForm
from contacts.forms.protection import DiscussionForm, StandDownForm
from contacts.transitions import CONTACT, PROTECTION

offers(
    CONTACT,
    Offer("contact.claimed", "contacts:claim", actions.claim_contact),
    Offer("contact.amended", "contacts:amend", actions.amend_contact, AmendForm),
    Offer("contact.kept_safe", "contacts:keep_home_safe", actions.keep_home_safe, HomeSafeForm),
    Offer("contact.corrected", "contacts:correct", actions.correct_contact, CorrectionForm),
    Offer("contact.acknowledged", "contacts:acknowledge", actions.acknowledge_contact),
)
offers(
    PROTECTION,
    Offer("protection.convened", "contacts:convene", actions.convene),
    Offer("protection.held", "contacts:hold", actions.hold_discussion, DiscussionForm),
    Offer("protection.stood_down", "contacts:stand_down", actions.stand_down, StandDownForm),
    Offer("protection.ended", "contacts:end_protection", actions.end_protection, StandDownForm),
)
