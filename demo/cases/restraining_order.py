"""RB3: a resident who stays unnamed, worried about a young child who sees violence.

Source: Redbridge leaflet (2012). Protect now is raised here, to show it.
"""

from clock.choices import Colour
from contacts.choices import (
    Channel,
    FamilyAgreement,
    LevelOfNeed,
    MayTell,
    ReferrerKind,
    RelationKind,
    SectionFortySeven,
    Sex,
)
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
    PlaceText,
    ProtectText,
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
    referrer=ReferrerText(ReferrerKind.ANONYMOUS),
    reported=(
        "A resident of the same road who does not want to give a name. Two or three evenings a week she hears a "
        "man screaming at a woman and things being thrown, and the little girl crying. Last night she saw him "
        "drag the woman in from the car by her hair while the girl, about three, stood at the door in her "
        "pyjamas. She thinks he is the girl's father and does not live there all the time. She is afraid of him "
        "and will not ring the police."
    ),
    concern=(
        "A girl of about three is said to see her father assault her mother at home regularly, most recently last "
        "night at the front door."
    ),
    people=(
        child("lily", "Lily", "Prosser", 3, 1, sex=Sex.FEMALE, ethnicity="White British"),
        adult("mother", "Kayleigh", "Prosser", "mother", 24, sex=Sex.FEMALE),
        adult("father", "Ryan", "Tansley", "father", 29, sex=Sex.MALE, lives_in_household=False),
    ),
    relations=(
        Related("mother", RelationKind.PARENT, "lily"),
        Related("father", RelationKind.PARENT, "lily"),
        Related("father", RelationKind.FORMER_PARTNER, "mother"),
    ),
    address="27 Tollgate Road, Aldermere, AM1 3JW",
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="The mother cannot be asked while he may be there; he must not know that anyone spoke to us.",
    may_tell=MayTell.NO,
    may_tell_reason="He is said to be violent; not before mother and child are safe.",
    crime_possible=True,
    hazards="The father is said to be violent and may be there. Go in twos, with the police told.",
    happened_days_ago=1,
)

POLICE = AskText(
    agency="police",
    who="police_researcher",
    asks=(
        "Orders, convictions, warnings and call-outs for Ryan Tansley and for 27 Tollgate Road. Is he allowed to be "
        "there?"
    ),
    about=("lily", "mother", "father"),
    purpose="To protect the child and her mother today, and to act on any breach.",
    concern=CONTACT.concern,
    basis=LawfulBasis.CRIME,
    systems="Police National Computer, orders register, crime and incident records",
    items=(
        ItemText(
            (
                "A restraining order is in force against Ryan Tansley: he may not go to 27 Tollgate Road nor contact "
                "Kayleigh Prosser. Being there is an offence. Officers will arrest for the breach."
            ),
            Handling.ONWARD,
            Theme.OFFENDING,
            "father",
            118,
            DatePrecision.DAY,
            "Orders register",
            named=("probation",),
            needed_at_night=True,
        ),
        ItemText(
            (
                "Six calls to the address in fourteen months for violence against the mother; the child was seen in "
                "the house at four of them."
            ),
            Handling.ONWARD,
            Theme.DOMESTIC_ABUSE,
            "",
            130,
            DatePrecision.MONTH,
            "Incident log",
        ),
    ),
)

PROBATION = AskText(
    agency="probation",
    who="probation_researcher",
    asks="Whether Ryan Tansley is supervised now, on which conditions, and when he is next seen.",
    about=("father",),
    purpose="To know what he is bound to and who can act on a breach.",
    basis=LawfulBasis.CRIME,
    systems="Case management system",
    items=(
        ItemText(
            (
                "On probation now: month nine of a community order of eighteen months for assault on the mother. High "
                "risk to a known adult. His next appointment is the day after tomorrow; the officer will begin breach "
                "action."
            ),
            Handling.ONWARD,
            Theme.OFFENDING,
            "father",
            270,
            DatePrecision.MONTH,
            "Supervision record",
        ),
        ItemText(
            "He missed the last two sessions of the programme on violence in relationships.",
            Handling.HUB_ONLY,
            Theme.OFFENDING,
            "father",
            16,
            DatePrecision.DAY,
            "Programme register",
        ),
    ),
)

HEALTH = AskText(
    agency="health",
    who="health_researcher",
    asks="Health visitor's contacts with Lily and any injury of hers, in the last year.",
    about=("lily",),
    purpose="To know how she is and whether she was hurt.",
    concern=CONTACT.concern,
    systems="Community health record",
    identifiers="NHS number, name, date of birth",
    items=(
        ItemText(
            "Not brought to her review at two and a half years; two letters unanswered. Immunisations complete.",
            Handling.ONWARD,
            Theme.CHILD_HEALTH,
            "lily",
            210,
            DatePrecision.MONTH,
            "Health visitor's record",
        ),
    ),
    spoken_by="Grace Mensah, health visitor, by telephone",
)

ANALYSIS = AnalysisText(
    conversation=(
        "Kayleigh was seen alone at her mother's at 13:00. She cried, was relieved, and agrees to stay there with Lily."
    ),
    risks=(
        "He breaks a court order whenever he goes there. The violence is frequent and severe. Lily is three and "
        "cannot keep herself safe. Kayleigh has been too frightened to ring."
    ),
    protection="The grandmother, a court order that can be enforced today, and a probation officer who will act.",
    child_views="Lily held on to her grandmother. She said “Daddy bang” and put her hands over her ears.",
    family_views="Kayleigh wants him to stay away and wants help to be believed.",
    gaps="What the nursery has seen; she starts there next week.",
    summary=(
        "Lily regularly sees violence by her father, who is on probation and is barred from the address by a "
        "restraining order. Children's social care and the police have to act today."
    ),
    recommendation="Strategy discussion and section 47 enquiry; the police arrest for the breach.",
    outcome=Outcome.STRATEGY,
    meanings={"lily": "Lily is frightened of her father's voice and is not safe at home while he comes there."},
)

RESTRAINING_ORDER = CaseText(
    key="rb3",
    title="A restraining order that is being broken",
    contact=CONTACT,
    screening=ScreeningText(
        exit=Exit.MASH,
        reasons=(
            "Frequent violence seen by a child of three, an assault last night, and a man who may not be allowed there."
        ),
        criteria=(Criterion.SIGNIFICANT_HARM, Criterion.DOMESTIC_ABUSE),
        levels={"lily": LevelOfNeed.STATUTORY},
        colour=Colour.RED,
    ),
    colour=Colour.RED,
    rating_reason="A young child and her mother are in danger whenever he comes back.",
    authority="Asking either parent first would warn him. Police and probation must search now.",
    asks=(POLICE, PROBATION, HEALTH),
    analysis=ANALYSIS,
    decision=DecisionText(
        children=(
            ChildDecisionText(
                "lily",
                Outcome.STRATEGY,
                LevelOfNeed.STATUTORY,
                (
                    "She sees assaults on her mother several times a week. Her father breaks a restraining order and "
                    "his probation by being there. Children's social care acts at once; the police deal with the "
                    "breach."
                ),
            ),
        ),
        missing="The nursery, where she starts next week. The resident cannot be asked anything further.",
    ),
    release=ReleaseText(
        team="assessment",
        who="asha_assessment",
        covering=(
            "Lily and her mother are at the grandmother's until tomorrow noon. Please see them there before then."
        ),
        told=FamilyTold.YES,
    ),
    letters=(
        LetterText(
            "mother",
            (
                "As we said when we met, a social worker will visit you and Lily at your mother's tomorrow morning. "
                "The police will ring you about the court order."
            ),
        ),
        LetterText("father", held_back="A letter would tell him before his arrest, and where they are."),
    ),
    feedback=FeedbackText(FeedbackState.NOT_POSSIBLE, reason="The resident gave no name, number or address."),
    protect=ProtectText(
        reason="Assault last night in front of a three-year-old; he may come back this evening.",
        places=(PlaceText("lily", "Her grandmother's flat, 9 Quay Street", "Her mother and grandmother", 26),),
        invited="Police, probation, health visitor, assessment team",
        present="Police (Detective Sergeant), probation officer, health visitor, social worker, MASH manager",
        agreed=(
            "Joint section 47 enquiry. Police arrest for breach of the order. Mother and child stay with the "
            "grandmother."
        ),
        actions="Police: arrest today. Social worker: visit tomorrow before noon. Probation: begin breach action.",
        section_47=SectionFortySeven.YES,
    ),
)
