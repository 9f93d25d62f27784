"""Words of a contact."""

from django.db.models import TextChoices


class ContactState(TextChoices):
    """Where a contact stands."""

    RECEIVED = "received", "Received"
    WITH_PANEL = "with_panel", "With the panel"
    IN_ENQUIRY = "in_enquiry", "In a MASH enquiry"
    PASSED_ON = "passed_on", "Passed to the allocated worker"
    ENDED = "ended", "Ended"


class Channel(TextChoices):
    """How a worry reached the hub."""

    TELEPHONE = "telephone", "Telephone"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    IN_PERSON = "in_person", "In person"
    POLICE_NOTICE = "police_notice", "Police notification"
    ONLINE = "online", "Online form"


class ReferrerKind(TextChoices):
    """Who is worried."""

    PROFESSIONAL = "professional", "A professional"
    SCHOOL = "school", "A school or nursery"
    RELATIVE = "relative", "A relative or family friend"
    NEIGHBOUR = "neighbour", "A neighbour or member of the public"
    SELF = "self", "The person themself"
    ANONYMOUS = "anonymous", "Anonymous"


class Known(TextChoices):
    """First question: is the child known or open to a worker?"""

    NOT_ASKED = "not_asked", "Not looked up yet"
    NOT_KNOWN = "not_known", "Not known"
    CLOSED = "closed", "Known before, closed"
    OPEN = "open", "Open to a worker"


class FamilyAgreement(TextChoices):
    """The family's agreement to information being shared."""

    NOT_RECORDED = "not_recorded", "Not recorded yet"
    GIVEN = "given", "Asked and given"
    REFUSED = "refused", "Asked and refused"
    NOT_SOUGHT = "not_sought", "Not sought"
    SOUGHT = "sought", "Asked, no answer yet"


class MayTell(TextChoices):
    """May the family be told of the contact?"""

    NOT_KNOWN = "not_known", "Not known yet"
    YES = "yes", "Yes"
    NO = "no", "No: it would raise the risk"
    ALREADY = "already", "They know already"


class SafeWay(TextChoices):
    """How it is safe to reach somebody; nothing goes out in another way."""

    POST = "post", "Letter"
    TELEPHONE = "telephone", "Telephone call"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    NEVER = "never", "Nobody may get in touch"


class PersonKind(TextChoices):
    """A child or an adult."""

    CHILD = "child", "Child"
    ADULT = "adult", "Adult"


class Sex(TextChoices):
    """As reported."""

    NOT_KNOWN = "not_known", "Not known"
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    INDETERMINATE = "indeterminate", "Indeterminate"


class RelationKind(TextChoices):
    """How one person of a contact is related to another."""

    PARENT = "parent", "parent of"
    STEP_PARENT = "step_parent", "step-parent of"
    PARTNER = "partner", "partner of"
    FORMER_PARTNER = "former_partner", "former partner of"
    SIBLING = "sibling", "brother or sister of"
    GRANDPARENT = "grandparent", "grandparent of"
    CARER = "carer", "carer of"
    OTHER = "other", "other relation of"
    NONE = "none", "not related to (entered by mistake)"


class ProtectState(TextChoices):
    """Where protective work stands."""

    RAISED = "raised", "Raised"
    CONVENED = "convened", "Strategy discussion convened"
    HELD = "held", "Strategy discussion held"
    STOOD_DOWN = "stood_down", "Stood down"


class SectionFortySeven(TextChoices):
    """Does a section 47 enquiry begin?"""

    NOT_DECIDED = "not_decided", "Not decided"
    YES = "yes", "Yes"
    NO = "no", "No"


class LevelOfNeed(TextChoices):
    """The four levels of need."""

    UNIVERSAL = "level_1", "Level 1: universal"
    EARLY_HELP = "level_2", "Level 2: early help"
    TARGETED = "level_3", "Level 3: targeted or complex"
    STATUTORY = "level_4", "Level 4: statutory or specialist"


class Ending(TextChoices):
    """How a contact ended for a child, at whichever stage: what earlier contacts show."""

    ASSESSMENT = "assessment", "Assessment by children's social care"
    STRATEGY = "strategy", "Strategy discussion"
    EARLY_HELP = "early_help", "Early help"
    SPECIALIST = "specialist", "Specialist service"
    UNIVERSAL = "universal", "Universal services"
    ADVICE = "advice", "Advice given"
    ALLOCATED = "allocated", "Passed to the allocated worker"
    OTHER_AUTHORITY = "other_authority", "Passed to another authority"
    ADULT_SAFEGUARDING = "adult_safeguarding", "Adult safeguarding"
    LADO = "lado", "Designated officer (LADO)"
    NO_FURTHER_ACTION = "no_further_action", "No further action by children's social care"


class ReceiptStage(TextChoices):
    """What the status page says, in plain words; the first one is also what a wrong code gets."""

    RECEIVED = "received", "We cannot show an update yet"
    CONSIDERED = "considered", "We are looking into what you told us"
    FINISHED = "finished", "We have decided what to do"


class MatchReason(TextChoices):
    """Why an earlier contact is shown beside this one."""

    PERSON = "person", "linked to the same person"
    NUMBER = "number", "same NHS number or pupil number"
    BIRTH = "birth", "same date of birth"
    SWAPPED = "swapped", "same date of birth with day and month swapped"
    NAME = "name", "name sounds alike"
    SURNAME = "surname", "surname sounds alike"
    GIVEN = "given", "first name sounds alike"
    ADDRESS = "address", "same address"


class Purpose(TextChoices):
    """Why the full text of an earlier contact is opened."""

    NEW_CONTACT = "new_contact", "A new contact about the same child or household"
    SAFETY = "safety", "A child's safety now"
    REFERRER = "referrer", "The referrer or the family rang about it"
    COMPLAINT = "complaint", "A complaint or a review"


class StaffMatchReason(TextChoices):
    """Why somebody of the staff may be one of the people of a contact."""

    PERSON = "person", "Name and date of birth"
    HOME = "home", "Home address"


class MatchOutcome(TextChoices):
    """What the manager found of a match with the staff list."""

    CLOSED = "closed", "Excluded"
    NOT_THEM = "not_them", "Not them"
