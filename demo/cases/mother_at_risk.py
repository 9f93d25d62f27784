"""RB1: a woman worried about herself and her children because of violence at home.

Source: Redbridge leaflet (2012). The police's confidential item is ours, to show the held marker and the instruction.
"""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind, RelationKind, SafeWay, Sex
from decisions.choices import FamilyTold, FeedbackState, Outcome, SealedConsidered
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
    SealedItem,
    adult,
    child,
)
from information_sharing.choices import DatePrecision, Handling, LawfulBasis, Theme
from screening.choices import Criterion, Exit

FAMILY = (
    child(
        "ruby", "Ruby", "Hartnell", 9, 2, sex=Sex.FEMALE, ethnicity="White British", school="Saltmarsh Primary School"
    ),
    child(
        ("jake"),
        ("Jake"),
        ("Hartnell"),
        6,
        7,
        sex=Sex.MALE,
        ethnicity=("White British"),
        school=("Saltmarsh Primary School"),
    ),
    adult("mother", "Dawn", "Hartnell", "mother", 33, sex=Sex.FEMALE, practice="Quay Street Surgery"),
    adult("partner", "Craig", "Bowden", "mother's partner", 37, sex=Sex.MALE),
)

CONTACT = ContactText(
    channel=Channel.TELEPHONE,
    referrer=ReferrerText(
        ReferrerKind.SELF,
        name="Dawn Hartnell",
        email="dawn.hartnell@mail.invalid",
        telephone="07700 900141",
        safe_by=(SafeWay.TEXT,),
        safe_ways="Text only, weekdays between ten and two. Never leave a voice message.",
    ),
    reported=(
        "She rang from a friend's phone, crying at times. Her partner Craig moved in a year ago. He shouts most "
        "evenings, has twice pushed her against the kitchen wall and on Sunday held her by the throat until she "
        "could not breathe. Ruby and Jake were on the stairs and saw it. She says: “I am scared of him and I am "
        "scared of what it is doing to them.” Ruby wets the bed again and Jake hits other children. She has not "
        "told anyone before. He checks her phone. He is at work until six today; the children are at school until "
        "a quarter past three."
    ),
    concern=(
        "Two children of primary school age are said to live with repeated violence against their mother by her "
        "partner, most recently a hold at the throat while both children watched."
    ),
    people=FAMILY,
    relations=(
        Related("mother", RelationKind.PARENT, "ruby"),
        Related("mother", RelationKind.PARENT, "jake"),
        Related("partner", RelationKind.PARTNER, "mother"),
        Related("ruby", RelationKind.SIBLING, "jake"),
    ),
    address="14 Chandlers Row, Aldermere, AM4 7QT",
    agreement=FamilyAgreement.GIVEN,
    agreement_reason="The mother asked us to speak to the police and to the school. Her partner has not been asked.",
    may_tell=MayTell.NO,
    may_tell_reason="The partner must not learn of this call: she believes that he would hurt her.",
    crime_possible=True,
    hazards="Her partner has threatened callers. Ring her own number first, and do not go alone.",
    happened_days_ago=2,
)

SCREENING = ScreeningText(
    exit=Exit.MASH,
    reasons=(
        "Strangulation in front of the children, an adult who controls the mother's phone, and a first disclosure. "
        "Police and school are likely to hold more. Both children may be suffering significant harm."
    ),
    criteria=(Criterion.SIGNIFICANT_HARM, Criterion.DOMESTIC_ABUSE, Criterion.SEVERAL_AGENCIES),
    levels={"ruby": LevelOfNeed.STATUTORY, "jake": LevelOfNeed.STATUTORY},
    colour=Colour.RED,
)

POLICE = AskText(
    agency="police",
    who="police_researcher",
    asks=(
        "Convictions, cautions, call-outs and warnings for Craig Bowden, and any incident at 14 Chandlers Row in "
        "the last five years."
    ),
    about=("ruby", "jake", "mother", "partner"),
    purpose="To judge how much danger the children and their mother are in today, and whether a worker may visit.",
    concern=CONTACT.concern,
    basis=LawfulBasis.PUBLIC_TASK,
    systems="Police National Computer, crime and incident records, intelligence",
    items=(
        ItemText(
            "Convicted of assault occasioning actual bodily harm against a former partner; sixteen weeks in prison, "
            "suspended. The victim's daughter, then seven, was in the room.",
            Handling.ONWARD,
            Theme.OFFENDING,
            "partner",
            1460,
            DatePrecision.MONTH,
            "Police National Computer",
            needed_at_night=True,
        ),
        ItemText(
            "Convicted of common assault and criminal damage against the same former partner; community order.",
            Handling.ONWARD,
            Theme.OFFENDING,
            "partner",
            2050,
            DatePrecision.YEAR,
            "Police National Computer",
        ),
        ItemText(
            "A neighbour rang about shouting at this address. Officers spoke to both adults at the door; the children "
            "were not seen. No further action was taken.",
            Handling.HUB_ONLY,
            Theme.DOMESTIC_ABUSE,
            "",
            74,
            DatePrecision.DAY,
            "Incident log",
        ),
    ),
    sealed=SealedItem(
        text=(
            "Intelligence, graded reliable: he has the use of a shotgun that is kept at his brother's farm. A "
            "warrant is being prepared; he does not know. Disclosure would end the operation and put the source "
            "at risk."
        ),
        theme=Theme.OFFENDING,
        about="partner",
        days_ago=19,
        proposed="He may have a firearm. Two workers, and police, for every visit.",
        agreed=(
            "Do not visit the home without ringing the police supervisor on 01632 960155 first. Always two "
            "workers. Meet the mother away from the home."
        ),
    ),
)

SCHOOL = AskText(
    agency="education",
    who="school_researcher",
    asks="Attendance, behaviour and anything the children have said, for Ruby and Jake Hartnell at Saltmarsh Primary.",
    about=("ruby", "jake"),
    purpose="To understand how the children are and what they may have seen at home.",
    concern="Two pupils may be living with violence between adults at home.",
    systems="School's safeguarding record, attendance register",
    items=(
        ItemText(
            (
                "Ruby cannot concentrate in class since the autumn. She asks to stay in at playtime and startles when "
                "a door bangs. Attendance 94 per cent."
            ),
            Handling.ONWARD,
            Theme.EDUCATION,
            "ruby",
            30,
            DatePrecision.MONTH,
            "School's safeguarding record",
            named=("police",),
        ),
        ItemText(
            (
                "Jake's behaviour has become difficult: he hit other children on four days this half term and threw a "
                "chair. He cannot settle to a task for more than a few minutes."
            ),
            Handling.ONWARD,
            Theme.EDUCATION,
            "jake",
            12,
            DatePrecision.DAY,
            "Behaviour log",
            named=("police",),
        ),
        ItemText(
            "Their mother is always on time and talks to the teachers. Both children run to her at the gate.",
            Handling.ONWARD,
            Theme.STRENGTHS,
            "",
            None,
            DatePrecision.UNKNOWN,
            "Class teachers",
        ),
    ),
)

HEALTH = AskText(
    agency="health",
    who="health_researcher",
    asks="School nurse's contacts, and attendances with injuries of either child, in the last two years.",
    about=("ruby", "jake"),
    purpose="To know whether either child has been hurt.",
    systems="Community health record",
    identifiers="NHS number, name, date of birth",
)

ADVOCATES = AskText(
    agency="idva",
    who="idva_researcher",
    asks="Whether Dawn Hartnell is or was known to your service, and any risk assessment made with her.",
    about=("mother",),
    purpose="To plan her safety with her.",
    systems="Case system of the service",
)

ANALYSIS = AnalysisText(
    conversation=(
        "Spoke to Dawn by text and then in person at school at 12:30. She wants to leave and has a sister in the next "
        "county. She agrees to an assessment of both children. Craig has not been spoken to, for her safety."
    ),
    risks=(
        "Being held by the throat points to a risk of serious harm or death. He was convicted of violence twice "
        "before, once with a child in the room. He controls her phone. The children saw the last assault."
    ),
    protection=(
        "Dawn asked for help, is warm with the children and has somewhere to go. The school is a safe place for both."
    ),
    child_views=(
        "Ruby told the school that “it is loud at ours and I put my head under the pillow”. Jake was not spoken to."
    ),
    family_views="Dawn wants the violence to stop and wants the children to be safe at her sister's tonight.",
    gaps="Jake has not been spoken to. Nothing is known of his brother's household. The GP was not asked.",
    summary=(
        "Two children live with serious violence by a man with earlier convictions for it. Their behaviour and their "
        "concentration at school show what it does to them. Their mother is ready to leave with help."
    ),
    recommendation="Assessment by children's social care, beginning today with a safety plan for tonight.",
    outcome=Outcome.ASSESSMENT,
    meanings={
        "ruby": "Ruby lives in fear at home and it stops her learning.",
        "jake": "Jake shows at school what he sees at home, and may be hurt by stepping between the adults.",
    },
)

DECISION = DecisionText(
    children=(
        ChildDecisionText(
            "ruby",
            Outcome.ASSESSMENT,
            LevelOfNeed.STATUTORY,
            (
                "Ruby witnessed a strangling. The man at home was convicted of violence twice. She cannot concentrate "
                "in class and is frightened. An assessment begins at once."
            ),
        ),
        ChildDecisionText(
            "jake",
            Outcome.ASSESSMENT,
            LevelOfNeed.STATUTORY,
            "Jake witnessed the same assault and hits out at school. He needs the same protection as his sister, and "
            "somebody to speak to him alone.",
        ),
    ),
    missing="Jake's own account. What the general practice knows of the mother's injuries.",
    sealed=SealedConsidered.YES,
    sealed_reasons=(
        "The access to a firearm makes any unannounced visit dangerous and decided how the team is to go there."
    ),
)

MOTHER_AT_RISK = CaseText(
    key="rb1",
    title="A mother at risk, with two children who see it",
    contact=CONTACT,
    screening=SCREENING,
    colour=Colour.RED,
    rating_reason="Strangulation with children present; he comes home at six tonight.",
    authority=(
        "The partner cannot be asked without danger to the mother; the police have to search before he comes home."
    ),
    asks=(POLICE, SCHOOL, HEALTH, ADVOCATES),
    analysis=ANALYSIS,
    decision=DECISION,
    release=ReleaseText(
        team="assessment",
        who="asha_assessment",
        covering=(
            "Please see both children today, at school. Their mother expects you and will go with them to her "
            "sister. Her partner knows nothing of this and must not."
        ),
        told=FamilyTold.YES,
        somebody_must_know=True,
    ),
    letters=(
        LetterText(
            "mother",
            (
                "Thank you for ringing us. A social worker of our assessment team will meet you and the children at "
                "school today. We wrote to you through the school and not to your home, as you asked."
            ),
        ),
        LetterText(
            ("partner"), held_back=("A letter would tell him that she asked for help and would put her in danger.")
        ),
    ),
    feedback=FeedbackText(
        FeedbackState.SPOKEN,
        whom_to_ring="Asha Patel, assessment team, 01632 960300",
        meanwhile="If you are afraid, ring 999. The police know your address and will come at once.",
        reason="A text at 10:20 asked her to ring back, and said no more; she rang from her friend's telephone.",
    ),
)
