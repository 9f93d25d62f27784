"""NN3: a school worried about a pupil who stays away since the parents have separated.

Source: Northamptonshire leaflet (2018).
"""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind, RelationKind, SafeWay, Sex
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
    channel=Channel.EMAIL,
    referrer=ReferrerText(
        ReferrerKind.SCHOOL,
        name="Gareth Pugh",
        organisation="Kingsmead Primary School",
        post="Head teacher",
        email="office@kingsmead.invalid",
        telephone="01632 960452",
        safe_by=(SafeWay.TELEPHONE, SafeWay.EMAIL),
        own_reference="KM/27",
    ),
    reported=(
        "Imogen's attendance has fallen to 61 per cent since half term. Her parents separated five weeks ago; her "
        "father has moved to a flat across town. On the days she comes she is tired and snaps at friends who used "
        "to be close. Her mother says that mornings have become impossible. Both parents answer our calls. We "
        "would be glad of advice and of help for the family."
    ),
    concern="The school attendance of a girl of ten has become poor since her parents separated five weeks ago.",
    people=(
        child(
            "imogen",
            "Imogen",
            "Fairley",
            10,
            6,
            sex=Sex.FEMALE,
            ethnicity="Mixed, White and Asian",
            school="Kingsmead Primary School",
            practice="Station Road Surgery",
        ),
        adult("mother", "Claire", "Fairley", "mother", 40, sex=Sex.FEMALE),
        adult(
            "father",
            "Sanjay",
            "Mehta",
            "father",
            43,
            sex=Sex.MALE,
            lives_in_household=False,
            address="Flat 2, 118 London Road, Aldermere, AM1 9EN",
        ),
    ),
    relations=(
        Related("mother", RelationKind.PARENT, "imogen"),
        Related("father", RelationKind.PARENT, "imogen"),
        Related("father", RelationKind.FORMER_PARTNER, "mother"),
    ),
    address="5 Kingsmead Gardens, Aldermere, AM6 1TF",
    agreement=FamilyAgreement.GIVEN,
    agreement_reason=(
        "Both parents agreed with the head teacher that the hub and the general practice may speak to each other."
    ),
    may_tell=MayTell.ALREADY,
    happened_days_ago=6,
)

STAYING_AWAY = CaseText(
    key="nn3",
    title="A girl who stays away from school since her parents separated",
    contact=CONTACT,
    screening=ScreeningText(
        exit=Exit.MASH,
        reasons=(
            "A sudden change in a child without earlier concern. The general practice may know more before help is "
            "offered."
        ),
        criteria=(Criterion.SEVERAL_AGENCIES,),
        levels={"imogen": LevelOfNeed.EARLY_HELP},
        colour=Colour.GREEN,
    ),
    colour=Colour.GREEN,
    rating_reason="No sign of harm; a family that wants help.",
    asks=(
        AskText(
            agency="education",
            who="school_researcher",
            asks="Imogen Fairley's attendance and behaviour over the last two years, and what the school has tried.",
            about=("imogen",),
            purpose="To see what changed, and when.",
            concern=CONTACT.concern,
            basis=LawfulBasis.AGREED,
            systems="Attendance register, pastoral record",
            items=(
                ItemText(
                    (
                        "Attendance was regular, 97 and 98 per cent in the last two years, until five weeks ago. No "
                        "behaviour entries before then."
                    ),
                    Handling.ONWARD,
                    Theme.EDUCATION,
                    "imogen",
                    38,
                    DatePrecision.DAY,
                    "Attendance register",
                ),
                ItemText(
                    (
                        "A teaching assistant meets her at the gate each morning; it works on the days on which her "
                        "father brings her."
                    ),
                    Handling.ONWARD,
                    Theme.STRENGTHS,
                    "imogen",
                    8,
                    DatePrecision.DAY,
                    "Pastoral record",
                ),
            ),
        ),
        AskText(
            agency="gp",
            who="gp_researcher",
            asks=(
                "Whether Imogen Fairley has been seen for her mood or behaviour in the last half year, and any "
                "referral."
            ),
            about=("imogen",),
            purpose="So that help from different services fits together.",
            basis=LawfulBasis.AGREED,
            systems="Practice record",
            identifiers="NHS number, name, date of birth",
            items=(
                ItemText(
                    (
                        "Referred three weeks ago to child and adolescent mental health services for severe temper "
                        "tantrums; the first appointment is in two months."
                    ),
                    Handling.ONWARD,
                    Theme.CHILD_HEALTH,
                    "imogen",
                    21,
                    DatePrecision.DAY,
                    "Practice record",
                ),
            ),
        ),
    ),
    analysis=AnalysisText(
        conversation=(
            "Spoke to both parents separately, by telephone. They are civil to each other and tired. Both agree to "
            "early help."
        ),
        risks="None immediate. If she goes on missing school she will lose her friends and her place in the class.",
        protection="Two caring parents, a school that acts early, a doctor who has already referred her.",
        child_views="Imogen wrote for us: “I want to know which house I am in tomorrow.”",
        family_views="Her mother wants help with mornings. Her father offers to bring her three days a week.",
        gaps="The mental health service has not seen her yet.",
        summary=(
            "A child who was always at school stays away since her parents separated, and is waiting for help "
            "with severe temper tantrums. There is no immediate concern. The school and the family need support "
            "and one plan."
        ),
        recommendation="Early help, to support the school with a plan for the family.",
        outcome=Outcome.EARLY_HELP,
        meanings={
            "imogen": "Imogen has lost her routine and is angry about it. A plan she can read would help her most."
        },
    ),
    decision=DecisionText(
        children=(
            ChildDecisionText(
                "imogen",
                Outcome.EARLY_HELP,
                LevelOfNeed.EARLY_HELP,
                (
                    "No immediate concern. Both parents agree to early help, which supports the school with a plan "
                    "for the family while she waits for the mental health service."
                ),
            ),
        ),
        missing="The mental health service's own view; the appointment is in two months.",
    ),
    release=ReleaseText(
        team="early_help_team",
        who="ella_early_help",
        covering=(
            "Both parents agree to early help and expect a call. Mornings are best for the father, evenings for the "
            "mother."
        ),
        told=FamilyTold.YES,
    ),
    letters=(
        LetterText(
            "mother",
            (
                "Imogen's school asked us for help for her and for you. Somebody of the early help team will ring you "
                "this week to make a plan with you, Imogen's father and the school."
            ),
        ),
        LetterText(
            "father",
            (
                "Imogen's school asked us for help for the family. The early help team will ring you this week. They "
                "know that you have offered to bring her to school."
            ),
        ),
    ),
    feedback=FeedbackText(
        FeedbackState.SENT,
        whom_to_ring="Ella Frost, early help team, 01632 960302",
        meanwhile="Please keep meeting her at the gate, and tell us if she misses three days in a row.",
    ),
)
