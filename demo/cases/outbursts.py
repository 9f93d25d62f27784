"""NN2: a mother who is not safe from her eldest child's outbursts, nor are the younger ones.

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
    channel=Channel.TELEPHONE,
    referrer=ReferrerText(
        ReferrerKind.SELF,
        name="Angela Whitmore",
        email="angela.whitmore@mail.invalid",
        telephone="07700 900263",
        safe_by=(SafeWay.TELEPHONE, SafeWay.EMAIL),
        safe_ways="Ring or email at any time; not on speaker.",
    ),
    reported=(
        "Her eldest, Connor, who is fourteen, “loses it” nearly every day. Yesterday he smashed the kitchen door "
        "and threw a pan that cut Maisie's forehead. She locked herself and the two little ones in the bathroom "
        "and rang the police. “We are not safe in our own house, me and the little ones. I love him but I cannot "
        "hold him any more.” She is on her own with three children since their father died. She asks for help "
        "today."
    ),
    concern=(
        "A mother and her two younger children are said not to be safe because of the violent outbursts of her "
        "eldest, a boy of fourteen. A younger child was cut yesterday."
    ),
    people=(
        child(
            ("connor"),
            ("Connor"),
            ("Whitmore"),
            14,
            2,
            sex=Sex.MALE,
            ethnicity=("White British"),
            school=("Harbour Academy"),
        ),
        child(
            "maisie",
            "Maisie",
            "Whitmore",
            9,
            8,
            sex=Sex.FEMALE,
            ethnicity="White British",
            school="Northfield Primary School",
        ),
        child(
            "alfie",
            "Alfie",
            "Whitmore",
            6,
            1,
            sex=Sex.MALE,
            ethnicity="White British",
            school="Northfield Primary School",
        ),
        adult("mother", "Angela", "Whitmore", "mother", 41, sex=Sex.FEMALE),
    ),
    relations=(
        Related("mother", RelationKind.PARENT, "connor"),
        Related("mother", RelationKind.PARENT, "maisie"),
        Related("mother", RelationKind.PARENT, "alfie"),
        Related("connor", RelationKind.SIBLING, "maisie"),
        Related("connor", RelationKind.SIBLING, "alfie"),
        Related("maisie", RelationKind.SIBLING, "alfie"),
    ),
    address="61 Northfield Avenue, Aldermere, AM5 8KH",
    agreement=FamilyAgreement.GIVEN,
    agreement_reason="The mother rang herself and wants every agency that can help to be asked.",
    may_tell=MayTell.ALREADY,
    crime_possible=True,
    happened_days_ago=1,
)

POLICE = AskText(
    agency="police",
    who="police_researcher",
    asks="Calls to 61 Northfield Avenue in the last two years, who was hurt, and what was done each time.",
    about=("connor", "maisie", "alfie", "mother"),
    purpose="To see how often it happens and whether it is getting worse.",
    concern=CONTACT.concern,
    basis=LawfulBasis.AGREED,
    systems="Incident log, custody record",
    items=(
        ItemText(
            (
                "Seventeen calls to the home in two years, eleven of them since the summer: doors and windows broken, "
                "mother and younger children shut in a room. No arrest; the mother never wished to make a statement."
            ),
            Handling.ONWARD,
            Theme.FAMILY,
            "",
            20,
            DatePrecision.MONTH,
            "Incident log",
            named=("education", "health"),
        ),
        ItemText(
            (
                "Yesterday: officers found the kitchen door broken and Maisie with a cut on the forehead, treated by "
                "paramedics. Connor was calm and crying in his room."
            ),
            Handling.ONWARD,
            Theme.FAMILY,
            "maisie",
            1,
            DatePrecision.DAY,
            "Incident log",
            needed_at_night=True,
        ),
    ),
)

SCHOOLS = AskText(
    agency="education",
    who="school_researcher",
    asks="Behaviour, injuries and anything said at home or in school, for Connor, Maisie and Alfie Whitmore.",
    about=("connor", "maisie", "alfie"),
    purpose="To know how each child is, and whether the younger ones have been hurt.",
    concern="Outbursts of an older child at home may be hurting the younger ones.",
    basis=LawfulBasis.AGREED,
    systems="Safeguarding records of both schools",
    items=(
        ItemText(
            (
                "Connor: fixed-term exclusions three times this year after outbursts; cries afterwards and cannot say "
                "why."
            ),
            Handling.ONWARD,
            Theme.EDUCATION,
            "connor",
            26,
            DatePrecision.MONTH,
            "Harbour Academy",
        ),
        ItemText(
            (
                "Maisie: difficult behaviour since last year, bites her sleeves, refuses to go home on Fridays. Came "
                "in twice with bruised arms and said that she fell."
            ),
            Handling.ONWARD,
            Theme.EDUCATION,
            "maisie",
            33,
            DatePrecision.MONTH,
            "Northfield Primary",
            named=("health",),
        ),
        ItemText(
            "Alfie: kicks and spits when told to stop. Came in once with a swollen lip: “Connor was mad.”",
            Handling.ONWARD,
            Theme.EDUCATION,
            "alfie",
            15,
            DatePrecision.DAY,
            "Northfield Primary",
            named=("health",),
        ),
    ),
)

OUTBURSTS = CaseText(
    key="nn2",
    title="A mother and younger children who are not safe from the eldest",
    contact=CONTACT,
    screening=ScreeningText(
        exit=Exit.MASH,
        reasons=(
            "A child was injured yesterday, the parent cannot keep anyone safe tonight, and the police come often."
        ),
        criteria=(Criterion.SIGNIFICANT_HARM, Criterion.SEVERAL_AGENCIES, Criterion.REPEATED),
        levels={"connor": LevelOfNeed.STATUTORY, "maisie": LevelOfNeed.STATUTORY, "alfie": LevelOfNeed.STATUTORY},
        colour=Colour.RED,
    ),
    colour=Colour.RED,
    rating_reason="A younger child was cut yesterday, and all four sleep in the house tonight.",
    asks=(
        POLICE,
        SCHOOLS,
        AskText(
            agency="health",
            who="health_researcher",
            asks="Injuries and emotional health of the three Whitmore children; any referral made for Connor.",
            about=("connor", "maisie", "alfie"),
            purpose="To know what has been tried and whether anyone needs a doctor today.",
            concern=CONTACT.concern,
            basis=LawfulBasis.AGREED,
            systems="Community health record",
            identifiers="NHS number, name, date of birth",
        ),
        AskText(
            agency="yos",
            who="yos_researcher",
            asks="Whether Connor Whitmore is or was known to your service.",
            about=("connor",),
            purpose="To know who already works with him.",
            basis=LawfulBasis.AGREED,
            systems="Case system of the service",
        ),
    ),
    analysis=AnalysisText(
        conversation=(
            "Met Angela and Connor separately, at home. Both want it to stop. Connor agreed to stay with his uncle "
            "until Monday."
        ),
        risks="The outbursts are more frequent and more violent. Maisie and Alfie are hurt and copy what they see.",
        protection="A mother who asks for help; an uncle whom Connor trusts; two schools that know the children well.",
        child_views=(
            "Connor: “I do not want to hurt them.” Maisie wants a lock on her door. Alfie wants his brother to be nice."
        ),
        family_views="Angela asks for somebody to work with Connor, and a plan for the evenings.",
        gaps="No assessment of Connor's mental health has ever been made. The general practice was not asked.",
        summary=(
            "Three bereaved children. The eldest's outbursts have brought the police many times, the younger two "
            "show it in their behaviour and have been hurt. All of them need help at once, with a plan."
        ),
        recommendation="Assessment of all three children, beginning today with a plan for the next nights.",
        outcome=Outcome.ASSESSMENT,
        meanings={
            "connor": "Connor frightens himself. He has had no help since his father died.",
            "maisie": "Maisie is not safe at home and expects to be hurt.",
            "alfie": "Alfie is hurt, and is learning that this is how one is angry.",
        },
    ),
    decision=DecisionText(
        children=(
            ChildDecisionText(
                "connor",
                Outcome.ASSESSMENT,
                LevelOfNeed.STATUTORY,
                (
                    "He needs help as much as those he hurts. Assessment at once, with a plan for where he sleeps "
                    "until Monday."
                ),
            ),
            ChildDecisionText(
                "maisie",
                Outcome.ASSESSMENT,
                LevelOfNeed.STATUTORY,
                (
                    "Cut yesterday, bruised before. The calls to the police and the school's record show that it is "
                    "getting worse."
                ),
            ),
            ChildDecisionText(
                "alfie",
                Outcome.ASSESSMENT,
                LevelOfNeed.STATUTORY,
                "Has been hurt and is six. He is assessed with his sister; the plan covers the evenings at home.",
            ),
        ),
        missing="An opinion on Connor's mental health.",
        dissent_of="police",
        dissent="The police would have preferred a strategy discussion for Maisie because of the cut.",
    ),
    release=ReleaseText(
        team="assessment",
        who="asha_assessment",
        covering=(
            "Please see all three children today. Connor is with his uncle until Monday; the mother rings you at two."
        ),
        told=FamilyTold.YES,
    ),
    letters=(
        LetterText(
            "mother",
            (
                "You asked us for help for all of you. A social worker comes today to make a plan with you and each "
                "child. Connor stays with his uncle until Monday, as the two of you agreed."
            ),
        ),
    ),
    feedback=FeedbackText(
        FeedbackState.SENT,
        whom_to_ring="Asha Patel, assessment team, 01632 960300",
        meanwhile="If anyone is about to be hurt, leave the house with the younger children and ring 999.",
    ),
)
