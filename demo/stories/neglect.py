"""Stories of children who go without."""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind
from decisions.choices import Outcome
from demo.stories.households import Shape
from demo.stories.plots import Hold, Inside, Plot
from information_sharing.choices import Handling, Theme
from screening.choices import Criterion

HOME_CONDITIONS = Plot(
    key="home_conditions",
    title="A home that is not fit for children",
    shape=Shape(ages=((3, 4), (1, 2), (6, 9)), adults=("mother",)),
    channel=Channel.EMAIL,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Aldermere Housing",
    post="Housing officer",
    reported=(
        (
            "Routine inspection at {place}: no bed linen, mattresses wet, food on the floor, dog mess in the hall, a "
            "gas fire without a guard. {child} wore a nappy from the night before at noon. {mother} said that she "
            "“lost her grip” after the winter. She was not hostile."
        ),
        (
            "The plumber who went to {place} for a leak would not stay because of the smell. He saw {child} and "
            "{other} eating dry cereal from the packet, an open window without a lock, and medicines on the table. "
            "{mother} was in bed."
        ),
        (
            "We were let in to read the meter. The lavatory does not flush and a bucket stands in the bath. {child} "
            "and {other} share a mattress on the floor with a broken spring. {mother} said that she is “waiting until"
            " things get better”."
        ),
    ),
    concern=(
        "The condition of a home is said to be dangerous for three young children, and their mother is overwhelmed.",
    ),
    screened=("Three children under ten in conditions that are a danger now. Health visitor and schools know them.",),
    criteria=(Criterion.NEGLECT, Criterion.PARENT_NEEDS),
    inside=Inside(
        colour=Colour.AMBER,
        rated="Conditions are bad but nobody is in danger tonight; the grandmother is there.",
        holds=(
            Hold(
                "health",
                (
                    "Health visitor was not let in at the last three visits. {child}'s weight fell by one line.",
                    "{other} has had two chest infections since winter; immunisations are late.",
                ),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                "child1",
                18,
            ),
            Hold(
                "housing",
                (
                    (
                        "Rent paid. Two warnings about the state of the garden. The boiler was out for nine days in "
                        "January."
                    ),
                ),
                Theme.HOME,
                Handling.ONWARD,
                "",
                50,
            ),
            Hold(
                "education",
                (
                    (
                        "The oldest is fed at breakfast club, wears the school's spare clothes and says that mum "
                        "sleeps a lot."
                    ),
                ),
                Theme.EDUCATION,
                Handling.ONWARD,
                "child3",
                7,
            ),
            Hold(
                "gp",
                ("{mother} was started on medication for depression and did not collect the second prescription.",),
                Theme.PARENT_HEALTH,
                Handling.HUB_ONLY,
                "mother",
                66,
            ),
        ),
        conversation="{mother} opened the door and cried with relief. She agrees that it cannot go on.",
        risks="Accidents, infection, a child who does not grow, a mother whose depression is not treated.",
        protection="The grandmother comes most days; the oldest loves school; {mother} accepts help.",
        child_views="The oldest would like “a bed with a cover and mum to get up”.",
        family_views="{mother} asks for help with clearing, with her mood and with mornings.",
        gaps="The father of the youngest: nobody knows where he is.",
        summary=(
            "Three children live in neglect that came with their mother's depression. She wants help and a plan could "
            "work."
        ),
        meaning="{Child} is cold, often hungry and behind in {his} speech.",
        outcome=Outcome.ASSESSMENT,
        level=LevelOfNeed.TARGETED,
        decided=(
            "Serious neglect with a parent who will work with us: assessment as children in need.",
            "The children's health already suffers. Assessment, with practical help from tomorrow.",
        ),
    ),
)

HUNGRY = Plot(
    key="hungry",
    title="Children who come to school hungry",
    shape=Shape(ages=((6, 10), (5, 6)), adults=("mother", "partner")),
    channel=Channel.EMAIL,
    kind=ReferrerKind.SCHOOL,
    writes_from="child1",
    post="Pastoral lead",
    reported=(
        (
            "{child} and {other} take food from other children's boxes. Their shoes let in water. {mother} is "
            "friendly and says that benefits were stopped when {partner} moved in. They walk forty minutes each way. "
            "We have given vouchers twice."
        ),
        (
            "For three weeks {child} has asked for seconds and put bread in {his} pockets “for later”. {other} fell "
            "asleep over lunch. {mother} told us that there is nothing left in the second half of the month."
        ),
        (
            "{child} fainted in assembly, and had had no supper and no breakfast. {other} asked a dinner lady whether"
            " the rolls that are left over are thrown away. {mother} cried when we rang: the meter had run out."
        ),
        (
            "Both children wear the same clothes all week, washed at night. {child} told a friend that at home they "
            "“take turns with tea”. {mother} and {partner} came in at once when asked, and were ashamed."
        ),
    ),
    concern=("Two children come to school hungry and without fitting clothes since the family's income fell.",),
    screened=(
        "Poverty rather than unwillingness. Early help with housing and benefits is likely; check with health first.",
    ),
    criteria=(Criterion.NEGLECT,),
    screened_level=LevelOfNeed.EARLY_HELP,
    inside=Inside(
        colour=Colour.GREEN,
        rated="No danger; the school feeds them every day.",
        holds=(
            Hold(
                "education",
                (
                    (
                        "Attendance 96 per cent. Both children are liked and do well. Free meals were claimed for "
                        "last week."
                    ),
                ),
                Theme.STRENGTHS,
                Handling.ONWARD,
                "child1",
                6,
            ),
            Hold(
                "housing",
                (
                    "Seven weeks of arrears since a benefit was stopped; an appeal was lodged with help.",
                    "The flat has one bedroom for four people; on the list since last year.",
                ),
                Theme.HOME,
                Handling.ONWARD,
                "",
                24,
            ),
            Hold("health"),
        ),
        conversation="{mother} and {partner} were rung together. They agree to early help and are glad of it.",
        risks="Hunger, debt, a winter without heating.",
        protection="Parents who come to school, tell the truth and walk miles to get there.",
        child_views="{Child} says that {he} likes toast club best.",
        family_views="They want the benefit sorted out and a bigger flat.",
        gaps="When the appeal is heard.",
        summary=(
            "A family in hardship since a benefit was stopped. The children are well loved and need food, shoes and a "
            "plan."
        ),
        meaning="{Child} is hungry and hides it with jokes.",
        outcome=Outcome.EARLY_HELP,
        level=LevelOfNeed.EARLY_HELP,
        decided=("Hardship, not harm. Early help with benefits, food and housing; both parents agree.",),
    ),
)

MISSED_CLINIC = Plot(
    key="missed_clinic",
    title="A child with diabetes who misses the clinic",
    shape=Shape(ages=((8, 13),), adults=("mother", "father"), away=("father",)),
    channel=Channel.EMAIL,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Wendshire General Hospital",
    post="Paediatric diabetes nurse",
    reported=(
        (
            "{child} was not brought to four of the last five appointments. Long-term sugar is dangerously high. "
            "{mother} says that {he} is old enough to inject alone. {He} was on the ward in March after collapsing at "
            "school."
        ),
        (
            "No blood results for three months, and the school holds no spare insulin for {child}. {mother} works "
            "nights; {father} has {him} at weekends and says he was never shown how. The next collapse may be the "
            "last."
        ),
        (
            "{child} was brought by a teacher, with ketones, and had not injected since Friday. The letters about the"
            " clinic came back unopened. {mother} and {father} each thought that the other had the pens."
        ),
    ),
    concern=("A child with diabetes is not brought to the clinic and the illness is out of control.",),
    screened=(
        (
            "A medical condition that will do lasting harm if nobody takes charge of it. Both parents must be part of "
            "the plan."
        ),
    ),
    criteria=(Criterion.NEGLECT, Criterion.SIGNIFICANT_HARM),
    inside=Inside(
        colour=Colour.AMBER,
        rated="{Child} was seen by the nurse yesterday and is well today.",
        holds=(
            Hold(
                "health",
                (
                    "Four missed appointments of five; one admission with ketoacidosis.",
                    "School nurse trained two members of staff; no care plan was signed by a parent.",
                ),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                "child1",
                12,
            ),
            Hold(
                "education",
                ("{child} hides the test kit from friends and eats sweets in break. Attendance 88 per cent.",),
                Theme.EDUCATION,
                Handling.ONWARD,
                "child1",
                20,
            ),
            Hold(
                "gp",
                ("Repeat prescriptions were collected in five of the last nine months.",),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                "child1",
                15,
            ),
        ),
        conversation=(
            "Both parents came together for the first time in a year. They agree on who injects on which days."
        ),
        risks="Blindness or death in a few years, or a coma next week.",
        protection="Parents who now sit at one table; a nurse whom {child} likes.",
        child_views="{Child} says: “I want one day on which nobody mentions it.”",
        family_views="{mother} cannot leave night work. {father} wants to be taught.",
        gaps="Whether the general practice can dispense weekly.",
        summary="A life-threatening illness that nobody has taken charge of since the parents separated.",
        meaning="{Child} carries an illness alone that needs grown-ups.",
        outcome=Outcome.SPECIALIST,
        level=LevelOfNeed.TARGETED,
        decided=(
            "With a plan signed by both parents the specialist service leads; a missed appointment comes back to us.",
        ),
    ),
)

WANDERING = Plot(
    key="wandering",
    title="A small child found in the street",
    shape=Shape(ages=((3, 5),), adults=("mother", "partner")),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.NEIGHBOUR,
    reported=(
        (
            "A passer-by found {child} in socks by the main road at seven in the morning and rang the bell at {place} "
            "until somebody opened. {partner} said that {he} “does that”. It is the second time this month."
        ),
        (
            "The caller's son brought {child} home from the canal path. {mother} had not noticed that {he} was gone. "
            "There is no lock that {he} cannot reach. The caller does not want trouble with the family."
        ),
        (
            "The driver of a bus stopped because {child} stood in the bus lane in a pyjama top. He carried {him} to "
            "the nearest house, which is mine. {mother} came running twenty minutes later; she had been asleep after "
            "a night shift."
        ),
    ),
    concern=("A child of nursery age was found alone in the street, not for the first time.",),
    screened=("A young child near traffic or water, twice. The household has to be looked at today or tomorrow.",),
    criteria=(Criterion.NEGLECT, Criterion.REPEATED),
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="Nobody has reached the family yet.",
    may_tell=MayTell.YES,
    inside=Inside(
        colour=Colour.AMBER,
        rated="Adults are awake and warned; locks can be fitted tomorrow.",
        holds=(
            Hold(
                "police",
                (
                    "Brought home once by officers three weeks ago; advice was given about the lock.",
                    "No earlier calls. An officer passed by last evening: all in, door locked.",
                ),
                Theme.FAMILY,
                Handling.ONWARD,
                "child1",
                21,
            ),
            Hold(
                "health",
                ("Health visitor suspects a delay in speech and asked for an assessment; the parents agreed.",),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                "child1",
                40,
            ),
            Hold("fire"),
        ),
        conversation="{mother} was shocked to hear how far {he} had walked. A lock is fitted today.",
        risks="Traffic, water, an adult asleep.",
        protection="The parents accept a lock, a gate and advice.",
        child_views="{Child} showed us {his} shoes and the door.",
        family_views="They would like the assessment of {his} speech to come sooner.",
        gaps="How often it happened unseen.",
        summary="A young child who wanders, perhaps with a developmental delay, and parents who underrated it.",
        meaning="{Child} does not understand danger and needs adults who watch.",
        outcome=Outcome.EARLY_HELP,
        level=LevelOfNeed.EARLY_HELP,
        decided=("Danger removed today, parents willing: early help with safety at home and the speech assessment.",),
    ),
)

NEGLECT = (HOME_CONDITIONS, HUNGRY, MISSED_CLINIC, WANDERING)
