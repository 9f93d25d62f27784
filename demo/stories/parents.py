"""Stories of parents whose own trouble reaches their children."""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind
from decisions.choices import Outcome
from demo.stories.households import Shape
from demo.stories.plots import Hold, Inside, Plot
from information_sharing.choices import Handling, Theme
from screening.choices import Criterion

DRINKING = Plot(
    key="drinking",
    title="A mother who drinks",
    shape=Shape(ages=((5, 9), (2, 4)), adults=("mother", "father"), away=("father",)),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Wendshire Ambulance Service",
    post="Paramedic",
    reported=(
        (
            "Called to {place}: {mother} unconscious on the sofa, vodka beside her. {child} had rung 999 and kept "
            "{other} in the other room with cartoons. The flat was cold. A neighbour took both children in. {mother} "
            "woke in the ambulance and wept."
        ),
        (
            "{child}, aged {age}, let the crew in, said “it is the same as last time” and knew where the medicine "
            "list was. {mother} smelled strongly of alcohol and had fallen. {father} lives elsewhere and came to "
            "fetch the children."
        ),
        (
            "{mother} fell in the bathroom at ten in the morning and could not be woken. {child} had not gone to "
            "school, so as to “keep an eye”. {other} was in a wet nappy. Empty bottles in the washing machine."
        ),
        (
            "The third call this year. {mother} sat on the kerb and did not know the day; {child} held {other} by the"
            " hand and told us which neighbour has the spare key. {father} was rung and came within the hour."
        ),
    ),
    concern=("A mother of two young children was found unconscious after drinking; a child had to call for help.",),
    screened=("A young carer and a parent whose drinking is out of hand. Father to be part of the plan.",),
    criteria=(Criterion.PARENT_NEEDS, Criterion.NEGLECT),
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="The mother was not able to answer.",
    may_tell=MayTell.YES,
    inside=Inside(
        colour=Colour.AMBER,
        rated="The children are with their father tonight.",
        holds=(
            Hold(
                "ambulance",
                ("Third call to the address this year, twice for falls.",),
                Theme.PARENT_HEALTH,
                Handling.ONWARD,
                "mother",
                1,
            ),
            Hold(
                "substance",
                (
                    "{mother} came for two months in spring and stopped when her worker left.",
                    "Not known to the service; an appointment can be had on Thursday.",
                ),
                Theme.PARENT_HEALTH,
                Handling.ONWARD,
                "mother",
                140,
            ),
            Hold(
                "education",
                ("{child} takes {other} to the nursery gate alone. {He} worries about being late and never is.",),
                Theme.EDUCATION,
                Handling.ONWARD,
                "child1",
                9,
            ),
            Hold("health"),
        ),
        conversation="{mother} was seen on the ward, sober and ashamed. {father} keeps the children this week.",
        risks="A fire or a fall while the children are alone with her; a child who carries it all.",
        protection="{father}, a kind neighbour, and {mother} when she is well.",
        child_views="{Child} asked who looks after mum now.",
        family_views="{mother} wants treatment. {father} would keep the children for as long as it takes.",
        gaps="How much {other} understands.",
        summary=(
            "Two children live with a mother whose drinking puts them in danger. A father can look after them while "
            "she is treated."
        ),
        meaning="{Child} has been the adult in the house.",
        outcome=Outcome.ASSESSMENT,
        level=LevelOfNeed.TARGETED,
        decided=(
            "Three calls in a year and a child who copes alone: assessment, with the children at their father's.",
        ),
    ),
)

VOICES = Plot(
    key="voices",
    title="A parent who hears voices",
    shape=Shape(ages=((1, 4),), adults=("mother", "grandmother")),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Wendshire Mental Health Trust",
    post="Crisis team nurse",
    reported=(
        (
            "{mother} rang the crisis line: a voice tells her that {child} is not hers and must be “sent back”. "
            "{grandmother} is with them. She agreed to see a doctor but not to let the child out of her sight."
        ),
        (
            "At a visit {mother} had covered the windows and was keeping {child} in bed so that “they” do not hear "
            "{him}. {He} was clean and fed. {grandmother} has moved in and has not slept for two nights."
        ),
    ),
    concern=("A parent of a very young child is acutely ill and has false beliefs about the child.",),
    screened=(
        (
            "Beliefs about the child make this urgent, though a grandmother is there. Mental health trust to be asked "
            "first."
        ),
    ),
    criteria=(Criterion.PARENT_NEEDS, Criterion.SIGNIFICANT_HARM),
    screened_level=LevelOfNeed.STATUTORY,
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="She is too ill today to be asked in a way that would mean anything.",
    may_tell=MayTell.NO,
    may_tell_reason="Not before she is treated: it would feed what she fears.",
    inside=Inside(
        colour=Colour.RED,
        rated="False beliefs that include the child; the grandmother cannot stay awake another night.",
        holds=(
            Hold(
                "health",
                ("{child} develops well. {mother} was warm and careful at each visit until last month.",),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                "child1",
                34,
            ),
            Hold(
                "camhs",
                (
                    (
                        "Known to the adult service after the birth; recovered within three months on medication, "
                        "which she stopped in summer."
                    ),
                ),
                Theme.PARENT_HEALTH,
                Handling.ONWARD,
                "mother",
                70,
            ),
            Hold(
                "gp",
                ("Two calls from the grandmother last week, asking for a visit.",),
                Theme.PARENT_HEALTH,
                Handling.HUB_ONLY,
                "mother",
                4,
            ),
        ),
        conversation=(
            "{grandmother} was spoken to at length; {mother} for a few minutes with the nurse. She goes to hospital "
            "of her own will."
        ),
        risks="Harm done in a false belief; a grandmother who is exhausted.",
        protection="{mother} asks for help in her clear hours, and recovered well before.",
        child_views="{Child} is too young to say and clings to {grandmother}.",
        family_views="{grandmother} will look after {child} with help at night.",
        gaps="The father: he has not been told.",
        summary=(
            "A loving mother is acutely ill and has beliefs about her child that make it unsafe to leave them alone."
        ),
        meaning="{Child} has lost the mother {he} knows for the moment and needs {his} grandmother close.",
        outcome=Outcome.ASSESSMENT,
        level=LevelOfNeed.STATUTORY,
        decided=(
            (
                "The grandmother cares for {child} while {mother} is in hospital. Assessment begins today to support "
                "both."
            ),
        ),
    ),
)

LEARNING_NEED = Plot(
    key="learning_need",
    title="Parents who find it hard to learn the routine",
    shape=Shape(ages=((0, 1),)),
    channel=Channel.EMAIL,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Harbour Families Together",
    post="Volunteer coordinator",
    reported=(
        (
            "{mother} and {father} both have a learning disability and come to our group twice a week. Bottles are "
            "made up too weak and {child} is put down on the sofa. They do what they are shown and forget by the next "
            "day. They are devoted to {him}."
        ),
        (
            "{child} comes to the group in wet clothes and is always hungry. The parents keep the chart we made but "
            "cannot read the times. They ask each week whether they are doing well."
        ),
    ),
    concern=("Parents with a learning disability need more help than a group can give with the care of their baby.",),
    screened=("Willing parents who need teaching at home every day. Early help is likely, if health sees no harm.",),
    criteria=(Criterion.PARENT_NEEDS,),
    screened_level=LevelOfNeed.EARLY_HELP,
    inside=Inside(
        colour=Colour.GREEN,
        rated="The baby gains weight, slowly, and is seen twice a week.",
        holds=(
            Hold(
                "health",
                ("Weight on the lowest line and rising. Parents keep every appointment.",),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                "child1",
                6,
            ),
            Hold(
                "adults",
                ("Both parents have a support worker for four hours a week; more can be asked for.",),
                Theme.SERVICES,
                Handling.ONWARD,
                "",
                45,
            ),
        ),
        conversation="Both parents were visited with their support worker. They want a person who comes at breakfast.",
        risks="Weak feeds, unsafe sleep, and blame for what they were never taught in a way that sticks.",
        protection="They love {him}, ask for help and keep to pictures.",
        child_views="{Child} smiles at both parents and reaches for them.",
        family_views="They are afraid that somebody will take {him} away, and want to learn.",
        gaps="An opinion on how much they can learn in which way.",
        summary="Devoted parents with a learning disability need daily teaching at home. There is no harm now.",
        meaning="{Child} is loved, and small things that go wrong every day add up.",
        outcome=Outcome.EARLY_HELP,
        level=LevelOfNeed.EARLY_HELP,
        decided=(
            "Daily help at home by early help with adult social care. The health visitor weighs {him} each week.",
        ),
    ),
)

OVERDOSE = Plot(
    key="overdose",
    title="A father who took an overdose",
    shape=Shape(ages=((7, 12), (4, 6))),
    channel=Channel.EMAIL,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Wendshire General Hospital",
    post="Liaison nurse",
    reported=(
        (
            "{father} was admitted after an overdose while {child} and {other} were asleep at home. {mother} found "
            "him. He says that he lost his job and did not want them to know. He goes home tomorrow with the crisis "
            "team."
        ),
        (
            "Second overdose of {father} within a year. This time {child} was in the room and fetched {mother}. He "
            "regrets it and accepts treatment. The children were told that dad has a stomach upset."
        ),
    ),
    concern=("A father took an overdose at home while his children were there; he returns home soon.",),
    screened=("What the children saw and know matters, and whether the family has support before he returns.",),
    criteria=(Criterion.PARENT_NEEDS,),
    inside=Inside(
        colour=Colour.AMBER,
        rated="He is on the ward until tomorrow; the mother is with the children.",
        holds=(
            Hold(
                "camhs",
                ("The crisis team visits daily from tomorrow. First episode last year, no plan to harm others.",),
                Theme.PARENT_HEALTH,
                Handling.ONWARD,
                "father",
                1,
            ),
            Hold(
                "education",
                (
                    "{child} told a friend that {he} “saved dad”. Nobody at school knew.",
                    "Both children are well. {other} has drawn hospitals all week.",
                ),
                Theme.EDUCATION,
                Handling.ONWARD,
                "child1",
                3,
            ),
            Hold("police"),
        ),
        conversation=(
            "{mother} and {father} were seen together on the ward. They will tell the children the truth, with help."
        ),
        risks="Another attempt; children who find him; silence.",
        protection="A strong mother, a father who accepts treatment, a school that will watch.",
        child_views="{Child} wants to know whether it was {his} fault.",
        family_views="They ask for somebody to help them explain it.",
        gaps="None.",
        summary=(
            "A father's overdose that the children half know about. Treatment is in place; the children need words "
            "and somebody to talk to."
        ),
        meaning="{Child} thinks that it is {his} job to keep {his} father alive.",
        outcome=Outcome.UNIVERSAL,
        level=LevelOfNeed.EARLY_HELP,
        decided=("Treatment is in place and the parents act well. School and health visitor support the children.",),
    ),
)

PARENTS = (DRINKING, VOICES, LEARNING_NEED, OVERDOSE)
