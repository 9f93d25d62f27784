"""RB2: a pupil with marks that look like bruises and cigarette burns.

Source: Redbridge leaflet (2012). That a paediatrician saw these very marks is practice.
"""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind, RelationKind, SafeWay, Sex
from decisions.choices import FeedbackState, Outcome
from demo.shapes import (
    AnalysisText,
    AskText,
    CaseText,
    ChildDecisionText,
    ContactText,
    DecisionText,
    FeedbackText,
    ItemText,
    LetterText,
    ReferrerText,
    Related,
    ScreeningText,
    adult,
    child,
)
from information_sharing.choices import DatePrecision, Handling, LawfulBasis, Theme
from screening.choices import Criterion, Exit

FAMILY = (
    child(
        "tobi",
        "Tobi",
        "Adekunle",
        7,
        5,
        sex=Sex.MALE,
        ethnicity="Black African",
        language="English, Yoruba",
        school="Beacon Hill Primary School",
        practice="Beacon Hill Practice",
    ),
    adult("mother", "Folake", "Adekunle", "mother", 36, sex=Sex.FEMALE),
    adult("father", "Dele", "Adekunle", "father", 39, sex=Sex.MALE),
)

CONTACT = ContactText(
    channel=Channel.TELEPHONE,
    referrer=ReferrerText(
        ReferrerKind.SCHOOL,
        name="Marian Stubbs",
        organisation="Beacon Hill Primary School",
        post="Designated safeguarding lead",
        email="safeguarding@beaconhill.invalid",
        telephone="01632 960417",
        safe_by=(SafeWay.POST, SafeWay.TELEPHONE, SafeWay.EMAIL),
        own_reference="BH-114",
    ),
    reported=(
        "Tobi changed for PE this morning and his teacher saw marks on his back and upper arms: four or five dark "
        "patches like bruises and three small round sores that look like cigarette burns. He said they itch and "
        "that “they just come”. He was not upset. His parents have not been told that the school is ringing. He "
        "goes home at a quarter past three. There has been no worry about the family before."
    ),
    concern=(
        "A boy of seven came to school with marks on back and arms that look like bruises and cigarette burns, "
        "and gives no clear explanation."
    ),
    people=FAMILY,
    relations=(
        Related("mother", RelationKind.PARENT, "tobi"),
        Related("father", RelationKind.PARENT, "tobi"),
        Related("father", RelationKind.PARTNER, "mother"),
    ),
    address="3 Foundry Close, Aldermere, AM2 5RB",
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="If the marks were made on purpose, asking the parents first could put him at risk.",
    may_tell=MayTell.NO,
    may_tell_reason="Not before a doctor has said what the marks are.",
    crime_possible=True,
    happened_days_ago=0,
)

ANALYSIS = AnalysisText(
    conversation=(
        "Both parents were rung once the doctor had spoken to us. They were worried, not angry, and had meant to "
        "bring the clinic's letter to school this week."
    ),
    risks="None found. Had the marks not been seen by a doctor, a strategy discussion would have followed today.",
    protection="Parents who take him to every appointment; a school that looks and asks.",
    child_views=(
        "Tobi told his teacher that the spots itch and that the cream is cold. He likes school and his parents."
    ),
    family_views="The parents understand why the school rang and ask that his teachers learn about the condition.",
    gaps="Nothing that would change the decision.",
    summary=(
        "The marks have a medical cause: a complex skin condition diagnosed nine days ago. The consultant who "
        "looks after him has examined these marks today and confirms it."
    ),
    recommendation="No further action by children's social care. The school and the clinic to agree on a care plan.",
    outcome=Outcome.NO_FURTHER_ACTION,
    meanings={"tobi": "Tobi is well cared for and needs people around him to know what his skin does."},
)

MARKS_AT_SCHOOL = CaseText(
    key="rb2",
    title="Marks that turn out to be an illness",
    contact=CONTACT,
    screening=ScreeningText(
        exit=Exit.MASH,
        reasons=(
            "Marks that look like burns, on a young child, without an explanation. Health may know more: ask at once."
        ),
        criteria=(Criterion.UNEXPLAINED_INJURY, Criterion.SIGNIFICANT_HARM),
        levels={"tobi": LevelOfNeed.STATUTORY},
        colour=Colour.RED,
    ),
    colour=Colour.RED,
    rating_reason="Possible burns; the child goes home at a quarter past three.",
    authority=(
        "The parents cannot be asked before a doctor has seen the marks: if they were inflicted, he would be at risk."
    ),
    asks=(
        AskText(
            agency="health",
            who="health_researcher",
            asks=(
                "Any diagnosis, treatment or attendance that could explain marks on his skin, and who looks after him."
            ),
            about=("tobi",),
            purpose="To find out within hours whether the marks were made on purpose.",
            concern=CONTACT.concern,
            basis=LawfulBasis.PUBLIC_TASK,
            systems="Community paediatric record, hospital letters",
            identifiers="NHS number, name, date of birth",
            items=(
                ItemText(
                    (
                        "Diagnosed nine days ago with a complex skin condition that raises blisters and leaves dark "
                        "patches and round scabs. Cream twice a day; next appointment in three weeks. Both parents "
                        "came."
                    ),
                    Handling.ONWARD,
                    Theme.CHILD_HEALTH,
                    "tobi",
                    9,
                    DatePrecision.DAY,
                    "Paediatric clinic letter",
                ),
                ItemText(
                    (
                        "Dr Anjali Kapoor, consultant paediatrician, examined Tobi at the children's clinic this "
                        "morning, school nurse present, and confirms that the marks seen at school are those of the "
                        "condition. None is a burn or a bruise."
                    ),
                    Handling.ONWARD,
                    Theme.CHILD_HEALTH,
                    "tobi",
                    0,
                    DatePrecision.DAY,
                    "Dr Kapoor's note",
                    needed_at_night=True,
                ),
            ),
        ),
        AskText(
            agency="police",
            who="police_researcher",
            asks="Anything recorded about Tobi Adekunle or his parents, and any call to 3 Foundry Close.",
            about=("tobi", "mother", "father"),
            purpose="To know whether anyone in the household is a danger to him.",
            concern=CONTACT.concern,
            systems="Police National Computer, crime and incident records",
        ),
        AskText(
            agency="gp",
            who="gp_researcher",
            asks="Consultations of the last year about his skin or about injuries.",
            about=("tobi",),
            purpose="To know what explains the marks.",
            systems="Practice record",
            items=(
                ItemText(
                    "Seen three times since spring with itching and blisters; referred to the paediatric clinic.",
                    Handling.HUB_ONLY,
                    Theme.CHILD_HEALTH,
                    "tobi",
                    48,
                    DatePrecision.DAY,
                    "Practice record",
                ),
            ),
        ),
    ),
    analysis=ANALYSIS,
    decision=DecisionText(
        children=(
            ChildDecisionText(
                "tobi",
                Outcome.NO_FURTHER_ACTION,
                LevelOfNeed.UNIVERSAL,
                (
                    "Dr Anjali Kapoor, consultant paediatrician, saw these very marks today and confirms that they "
                    "come from the skin condition. Police hold nothing. There is no immediate safeguarding concern, "
                    "and no assessment."
                ),
            ),
        ),
        missing="Nothing that bears on the decision.",
    ),
    letters=(
        LetterText(
            "mother",
            (
                "Tobi's school rang us because of the marks on his skin. Dr Kapoor has told us what they are. We are "
                "doing nothing further, and we are sorry for the worry."
            ),
        ),
        LetterText(
            "father",
            (
                "You will have heard that Tobi's school asked us about the marks on his skin. His consultant has "
                "explained them, and the matter is closed for us."
            ),
        ),
    ),
    feedback=FeedbackText(
        FeedbackState.SENT,
        whom_to_ring="The duty desk of the hub, 01632 960100",
        meanwhile=(
            "Please agree with his parents and the children's clinic what staff should do when new marks appear."
        ),
    ),
)
