"""Stories that end at screening: somebody else's task, or nobody's."""

from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind
from demo.stories.households import Shape
from demo.stories.plots import Plot
from screening.choices import Criterion, Exit

SHOUTING = Plot(
    key="shouting",
    title="Children who are heard shouting",
    shape=Shape(ages=((5, 8), (3, 6)), named=False),
    channel=Channel.ONLINE,
    kind=ReferrerKind.NEIGHBOUR,
    reported=(
        (
            "Next door there is shouting nearly every evening at bath time, children screaming and somebody stamping. "
            "I do not know their names. I have never seen anyone hurt. I thought I had better say something."
        ),
        (
            "The children in the flat above run and scream until ten at night. A man shouts at them to stop. My wife "
            "says it is normal with children but I could not sleep for thinking about it."
        ),
        (
            "Last night a child cried in the house across the yard for half an hour and a woman called out to stop "
            "it. The light went on and off. I do not know the family."
        ),
        (
            "There are two small children next to us who cannot be in bed before eleven. One of them bangs on the "
            "wall. I hear nobody speak kindly to them. I may be wrong."
        ),
    ),
    concern=("Children of a household are heard shouting in the evenings; nothing else is known.",),
    screened=(
        (
            "The family was found by the address and rung: bath time with two lively children. School has no worries. "
            "No sign of harm."
        ),
        (
            "Health visitor saw the family last week and has no concern. Noise alone. The caller's worry was taken "
            "seriously."
        ),
    ),
    criteria=(Criterion.NONE_MET,),
    screened_level=LevelOfNeed.UNIVERSAL,
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="Not needed: nothing was shared.",
    may_tell=MayTell.NOT_KNOWN,
    exit=Exit.NO_FURTHER_ACTION,
)

WEEKEND_FATHER = Plot(
    key="weekend_father",
    title="Parents who disagree about weekends",
    shape=Shape(ages=((4, 9),), away=("father",)),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.RELATIVE,
    told_by="father",
    agreement_reason="{father} agrees to being named; {mother} was rung and knows of it.",
    reported=(
        (
            "{father_full} rings for the third time since summer: {mother} lets {child} stay up late, feeds {him} "
            "from tins and has a new friend. He wants somebody to look at it before the hearing. Asked for any harm, "
            "he has seen none."
        ),
        (
            "{father_full} says that {child} came to him with a graze and dirty clothes on Friday. {He} told him {he} "
            "fell off a scooter. He wants it written down for the court."
        ),
        (
            "{father_full} wants it noted that {child} was not at the door on Sunday at six and that {mother} did not "
            "answer the bell. {He} was at a birthday, as it turned out. He is upset and speaks of lawyers."
        ),
    ),
    concern=("A separated parent is worried about the ordinary care that a child gets in the other home.",),
    screened=(
        (
            "No sign of harm in this contact nor in the earlier ones. He was told about mediation and the family "
            "court's own service."
        ),
        (
            "A graze with a likely story. Advice given on how the court hears a child's wishes; earlier contacts were "
            "read."
        ),
    ),
    criteria=(Criterion.NONE_MET,),
    screened_level=LevelOfNeed.UNIVERSAL,
    exit=Exit.ADVICE,
)

COACH = Plot(
    key="coach",
    title="A coach who crosses the line",
    shape=Shape(ages=((11, 14),), adults=("mother",)),
    channel=Channel.EMAIL,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Aldermere Swimming Club",
    post="Welfare officer",
    reported=(
        (
            "A coach gives {child} lifts home alone, sends messages at night and bought {him} a watch. {mother} "
            "thought it kind until she saw the messages. The coach works in a school too. The club has not spoken to "
            "him."
        ),
        (
            "Two parents say that a coach massages swimmers in a closed room, {child} among them. {He} says that it "
            "is odd but fine. The coach is a volunteer with us and paid elsewhere."
        ),
    ),
    concern=("An adult who works with children may behave in a way that makes them unsuitable for it.",),
    screened=(
        (
            "An allegation against somebody in a position of trust: to the designated officer today. The child is "
            "safe at home."
        ),
    ),
    criteria=(Criterion.EXPLOITATION,),
    crime_possible=True,
    exit=Exit.LADO,
    handover=(
        "The club's welfare officer waits for your advice before anyone speaks to the coach. He is on duty again on "
        "Saturday. {mother} has kept the messages."
    ),
)

WORN_OUT_CARER = Plot(
    key="worn_out_carer",
    title="A grandmother who is not well looked after",
    shape=Shape(ages=((10, 15),), adults=("mother", "grandmother")),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Riverside Medical Centre",
    post="Practice nurse",
    reported=(
        (
            "{grandmother_full} was brought in with sores and had not eaten. {mother} says that she cannot lift her "
            "any more and that {child} helps with washing her. The nurse worries most about the old lady, but thinks "
            "somebody should know about {him}."
        ),
        (
            "{child} rang the practice {him}self: {his} grandmother is locked in when {mother} goes to work. {He} is "
            "well and goes to school. The grandmother is confused and was frightened."
        ),
    ),
    concern=("An old lady at home is not cared for well; a grandchild helps with her care and is otherwise well.",),
    screened=(
        (
            "The person at risk is the grandmother. Adult safeguarding leads; they will tell us if {child} needs "
            "anything."
        ),
    ),
    criteria=(Criterion.NONE_MET,),
    screened_level=LevelOfNeed.EARLY_HELP,
    exit=Exit.ADULT_SAFEGUARDING,
    handover=(
        "{grandmother_full} needs a visit this week; {mother} is willing. {child} helps with washing and should not "
        "have to. School knows and supports {him}."
    ),
)

MOVED = Plot(
    key="moved",
    title="A family that has moved away",
    shape=Shape(ages=((5, 9), (2, 4)), adults=("mother", "partner")),
    channel=Channel.EMAIL,
    kind=ReferrerKind.SCHOOL,
    writes_from="child1",
    post="Head teacher",
    reported=(
        (
            "{child} left us last Friday without a new school. A friend of {mother} says they went to Port Meridian "
            "after bailiffs came. We were about to refer: tired, unwashed, and {he} talks of “the new man”."
        ),
        (
            "The family of {child} and {other} gave up the flat at {place} and moved to Port Meridian. {child}'s last "
            "drawing showed a door with many locks. The health visitor there should know."
        ),
    ),
    concern=("Two children about whom a school was worried have moved to another area without a school.",),
    screened=(
        (
            "They live in another authority now. Everything the school knows goes to that front door today, by "
            "telephone and in writing."
        ),
    ),
    criteria=(Criterion.NEGLECT,),
    screened_level=LevelOfNeed.TARGETED,
    exit=Exit.OTHER_AUTHORITY,
    handover=(
        "The family is believed to be in Port Meridian since the weekend, address with the housing benefit office. "
        "School record attached by the school. {mother} was not hostile before."
    ),
)

OPEN_CASE = Plot(
    key="open_case",
    title="News about a child who has a social worker",
    shape=Shape(ages=((6, 12), (3, 5)), adults=("mother",)),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.SCHOOL,
    writes_from="child1",
    post="Designated safeguarding lead",
    reported=(
        (
            "{child} told us that {his} uncle has moved back in, the one who is not supposed to be there. We know the "
            "family has a social worker but her telephone is off until Monday."
        ),
        (
            "{mother} came to collect {child} unsteady on her feet at noon. We kept {him} until the aunt came. The "
            "plan says that we should tell the worker the same day."
        ),
        (
            "{child} came in without a coat and said that nobody has been home since yesterday's tea. {other} is with"
            " a friend of {mother}. The social worker's number goes to a message, so we ring you."
        ),
    ),
    concern=("New information about a child who is already open to a worker of children's social care.",),
    screened=("Open to the children in need team: passed to the allocated worker today, who acknowledges it.",),
    criteria=(Criterion.REPEATED,),
    exit=Exit.ALLOCATED,
    handover="School rang about {child}: please speak to them today; the aunt can keep both children until tomorrow.",
)

OVERCROWDED = Plot(
    key="overcrowded",
    title="Too many people in too few rooms",
    shape=Shape(ages=((1, 3), (4, 6), (7, 9))),
    channel=Channel.EMAIL,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Quayside Children's Centre",
    post="Outreach worker",
    reported=(
        (
            "{mother}, {father} and three children share one room with damp up to the window. {child} coughs all "
            "night. They asked us to write because their own letters are not answered. They are good parents and "
            "tired."
        ),
        (
            "A family of five in a studio flat; the baby sleeps in a drawer. {mother} has stopped going out. They "
            "would like help with housing and a place at playgroup for {child}."
        ),
    ),
    concern=("A family of five lives in one damp room, and the youngest is often ill.",),
    screened=(
        ("Need, not risk. Straight to early help with the family's agreement; no agency has to be asked for it."),
    ),
    criteria=(Criterion.NONE_MET,),
    screened_level=LevelOfNeed.EARLY_HELP,
    exit=Exit.EARLY_HELP,
    handover=(
        "Both parents agree to early help. They need a housing officer at the first meeting and a playgroup place for "
        "{child}."
    ),
)

KNOWN_RISK = Plot(
    key="known_risk",
    title="A registered offender in the house",
    shape=Shape(ages=((2, 5), (7, 10)), adults=("mother", "partner")),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Wendshire Police",
    post="Offender manager",
    reported=(
        (
            "{partner_full} is a registered sex offender and told his offender manager today that he stays with "
            "{mother} at weekends. She has two children. She does not know of his convictions. He goes there on "
            "Friday."
        ),
        (
            "During a visit the officer found children's shoes at {partner_full}'s flat. They belong to {child} and "
            "{other}, whose mother sees him since spring. The conditions forbid it."
        ),
    ),
    concern=("A man who may not be near children stays in a household with two young children.",),
    screened=(
        (
            "Enough is known to act now: straight to a strategy discussion with the police. Nothing is gained by "
            "asking others first."
        ),
    ),
    criteria=(Criterion.SIGNIFICANT_HARM,),
    screened_level=LevelOfNeed.STATUTORY,
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="He would be warned.",
    may_tell=MayTell.NO,
    may_tell_reason="He would be warned, and the children are with him at weekends.",
    crime_possible=True,
    exit=Exit.STRATEGY,
    handover=(
        "Police ask for a strategy discussion today. The mother does not know of the convictions; the disclosure has "
        "to be planned. He is expected there on Friday."
    ),
)

BEREAVED = Plot(
    key="bereaved",
    title="A young carer after a death",
    shape=Shape(ages=((11, 15), (5, 8)), adults=("mother",)),
    channel=Channel.ONLINE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Station Road Surgery",
    post="Family doctor",
    reported=(
        (
            "{mother} has multiple sclerosis and lost her husband in the winter. {child} cooks, shops and takes "
            "{other} to school, and fell asleep in my waiting room. Nobody has assessed what {he} does. {mother} "
            "asked me to write."
        ),
        (
            "{child} gave up football to look after {mother} and {other}. There are bedsores that a child should not "
            "have to dress. The family wants an assessment and has waited for a call since spring."
        ),
        (
            "I have known the family for years. Since her husband died {mother} cannot manage the stairs; {child} "
            "washes her, gives the tablets and misses school on clinic days. {other} is well. They asked me to write "
            "to somebody."
        ),
        (
            "{child} came alone to collect {mother}'s prescription again and knew every dose. There is no carer since"
            " the funeral. {other} is taken to school late and sleeps in {mother}'s room. {mother} would be glad of "
            "help."
        ),
    ),
    concern=(
        ("A young person looks after an ill parent and a younger child, and nobody has assessed what that means."),
    ),
    screened=(
        ("A young carer with a right to an assessment, and a mother with one too. Straight to the assessment team."),
    ),
    criteria=(Criterion.PARENT_NEEDS,),
    exit=Exit.ASSESSMENT,
    handover=(
        "Please assess {child} as a young carer. {mother} agrees and can be rung after four. Adult social care has "
        "been told."
    ),
)

ELSEWHERE = (
    SHOUTING,
    WEEKEND_FATHER,
    COACH,
    WORN_OUT_CARER,
    MOVED,
    OPEN_CASE,
    OVERCROWDED,
    KNOWN_RISK,
    BEREAVED,
)
