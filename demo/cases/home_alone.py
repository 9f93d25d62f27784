"""NN1: a neighbour who stays unnamed, worried about a young child who is left alone.

Source: Northamptonshire leaflet (2018).
"""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind, RelationKind, Sex
from decisions.choices import FamilyTold, FeedbackState, Outcome
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
    ReleaseText,
    ScreeningText,
    adult,
    child,
)
from information_sharing.choices import DatePrecision, Handling, LawfulBasis, Theme
from screening.choices import Criterion, Exit

CONTACT = ContactText(
    channel=Channel.ONLINE,
    referrer=ReferrerText(ReferrerKind.ANONYMOUS),
    reported=(
        "I live near this family and do not want to say who I am. Their little boy, I think he is four, is on his "
        "own in the flat for an hour or more, in the early morning and sometimes in the evening. I see both "
        "parents leave and nobody else goes in. Last week he stood at the window on the second floor and waved at "
        "me. They are nice people. I think they both work a lot. I am worried something will happen to him."
    ),
    concern=(
        "A boy of about four is said to be left alone in a second-floor flat for an hour or more, several times a week."
    ),
    people=(
        child(
            "milan",
            "Milan",
            "Horvath",
            4,
            3,
            sex=Sex.MALE,
            ethnicity="White other",
            language="Hungarian, English",
            school="Little Herons Nursery",
            practice="Riverside Medical Centre",
        ),
        adult("mother", "Zsofia", "Horvath", "mother", 30, sex=Sex.FEMALE, language="Hungarian, English"),
        adult("father", "Gabor", "Horvath", "father", 32, sex=Sex.MALE, language="Hungarian, English"),
    ),
    relations=(
        Related("mother", RelationKind.PARENT, "milan"),
        Related("father", RelationKind.PARENT, "milan"),
        Related("father", RelationKind.PARTNER, "mother"),
    ),
    address="Flat 8, Heron House, Canal Walk, Aldermere, AM3 2PD",
    agreement=FamilyAgreement.GIVEN,
    agreement_reason=(
        "Both parents were rung by the front door and agree to our speaking to the health visitor and the nursery."
    ),
    may_tell=MayTell.ALREADY,
    happened_days_ago=1,
)

ANALYSIS = AnalysisText(
    conversation=(
        "Both parents came to the office. They say that their shifts overlap for an hour on four mornings since "
        "they took extra ones, and that he sleeps then. They are ashamed and want to change it."
    ),
    risks="A child of four alone near an open window on the second floor, four times a week. Money is short.",
    protection="Two parents who love him, tell the truth and ask for help; a nursery with a breakfast place.",
    child_views="Milan told his nursery key worker that he is “big and can watch cartoons by myself”.",
    family_views="They ask for help with childcare and with their rent arrears.",
    gaps="Whether he is alone in the evenings too: the parents say no, the neighbour says sometimes.",
    summary=(
        "Milan is left alone because both parents work extra shifts to make ends meet. This is neglect out of "
        "hardship. It needs a social worker and a plan with the family, the health visitor and the nursery."
    ),
    recommendation="Assessment by a social worker; a plan with the family and the professionals.",
    outcome=Outcome.ASSESSMENT,
    meanings={"milan": "Milan is loved and not safe for an hour a day. He is too young to be alone at all."},
)

HOME_ALONE = CaseText(
    key="nn1",
    title="A young child left alone while both parents work",
    contact=CONTACT,
    screening=ScreeningText(
        exit=Exit.MASH,
        reasons=(
            "He is four, alone regularly and at a height. The health visitor is likely to know the family. Not at "
            "risk tonight."
        ),
        criteria=(Criterion.NEGLECT, Criterion.SEVERAL_AGENCIES),
        levels={"milan": LevelOfNeed.TARGETED},
        colour=Colour.AMBER,
    ),
    colour=Colour.AMBER,
    rating_reason="Left alone regularly; both parents are at home this evening.",
    asks=(
        AskText(
            agency="health",
            who="health_researcher",
            asks="What the health visitor knows of Milan Horvath and of how the family is getting on.",
            about=("milan", "mother", "father"),
            purpose="To understand why he is left alone and what would help.",
            concern=CONTACT.concern,
            basis=LawfulBasis.AGREED,
            systems="Health visitor's record",
            identifiers="NHS number, name, date of birth",
            items=(
                ItemText(
                    (
                        "The parents told the health visitor that they struggle for money and are both taking extra "
                        "shifts, at the warehouse and in a care home. They asked about free nursery hours."
                    ),
                    Handling.ONWARD,
                    Theme.HOME,
                    "",
                    41,
                    DatePrecision.DAY,
                    "Health visitor's record",
                    named=("education",),
                ),
                ItemText(
                    "Milan is growing well, is up to date with his immunisations and was warm with both parents.",
                    Handling.ONWARD,
                    Theme.CHILD_HEALTH,
                    "milan",
                    41,
                    DatePrecision.DAY,
                    "Health visitor's record",
                ),
            ),
        ),
        AskText(
            agency="education",
            who="school_researcher",
            asks="Attendance, and how Milan Horvath is when he comes to and leaves Little Herons Nursery.",
            about=("milan",),
            purpose="To know how he is and whether the nursery could offer more hours.",
            basis=LawfulBasis.AGREED,
            systems="Nursery's record",
            items=(
                ItemText(
                    (
                        "Comes every afternoon, clean and often hungry. A breakfast place from seven is free from "
                        "next week."
                    ),
                    Handling.ONWARD,
                    Theme.EDUCATION,
                    "milan",
                    5,
                    DatePrecision.DAY,
                    "Key worker's notes",
                ),
            ),
        ),
        AskText(
            agency="police",
            who="police_researcher",
            asks="Any call to Flat 8, Heron House about a child alone.",
            about=("milan",),
            purpose="To know whether this happened before.",
            systems="Incident log",
        ),
        AskText(
            agency="housing",
            who="housing_researcher",
            asks="Whether the tenancy of Flat 8, Heron House is at risk, and whether the windows have restrictors.",
            about=("mother", "father"),
            purpose="To know what presses on the family and how safe the flat is.",
            basis=LawfulBasis.AGREED,
            systems="Tenancy record",
            items=(
                ItemText(
                    "Five weeks of arrears; a letter was sent. The bedroom window has no restrictor: one is ordered.",
                    Handling.ONWARD,
                    Theme.HOME,
                    "",
                    11,
                    DatePrecision.DAY,
                    "Tenancy record",
                ),
            ),
        ),
    ),
    analysis=ANALYSIS,
    decision=DecisionText(
        children=(
            ChildDecisionText(
                "milan",
                Outcome.ASSESSMENT,
                LevelOfNeed.TARGETED,
                (
                    "He is too young to be alone. The parents do it out of need and will work with us. A social "
                    "worker makes a plan with them, the health visitor and the nursery."
                ),
            ),
        ),
        missing="Whether he is alone in the evenings.",
    ),
    release=ReleaseText(
        team="assessment",
        who="asha_assessment",
        covering=(
            "The parents expect your visit on any morning. Please bring the nursery's form for the breakfast place."
        ),
        told=FamilyTold.YES,
    ),
    letters=(
        LetterText(
            "mother",
            (
                "Thank you for coming to see us. A social worker will visit you to make a plan, so that Milan is not "
                "on his own. Until then you have agreed to change the early shifts."
            ),
        ),
        LetterText(
            "father",
            (
                "Thank you for speaking so openly. A social worker will help the two of you with childcare and with "
                "the rent. Milan must not be left alone until then, as you promised."
            ),
        ),
    ),
    feedback=FeedbackText(
        FeedbackState.NOT_POSSIBLE,
        reason="No name was given. The online receipt shows that we decided what to do.",
    ),
)
