"""Stories of young people in danger outside the home, or from themselves."""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind
from decisions.choices import Outcome
from demo.stories.households import Shape
from demo.stories.plots import Hold, Inside, Plot
from information_sharing.choices import Handling, Theme
from screening.choices import Criterion

SELF_HARM = Plot(
    key="self_harm",
    title="A young person who cuts",
    shape=Shape(ages=((12, 16),), adults=("mother", "grandmother")),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Aldermere Community Health and Midwifery",
    post="School nurse",
    reported=(
        (
            "{child} showed the nurse fresh cuts on both arms and said that {he} has saved up tablets. {He} lives "
            "with {mother} and {grandmother}, who is dying. {He} agreed that {his} mother may be told."
        ),
        (
            "A friend brought {child} to the nurse: cuts on the thighs, some deep. {He} says it “lets the noise out”. "
            "{mother} works two jobs and looks after {grandmother}; {he} does not want to be a burden."
        ),
        (
            "{child} asked the nurse for plasters for the third time this month. Under the sleeve are old and new "
            "cuts. {He} says that it is “the only quiet thing”. {mother} knows of the first time, and {grandmother} "
            "of none."
        ),
    ),
    concern=("A young person harms {him}self and has spoken of taking tablets, in a family under strain.",),
    screened=("Risk to life that belongs with the mental health service, and a family that needs support around it.",),
    criteria=(Criterion.SIGNIFICANT_HARM, Criterion.SEVERAL_AGENCIES),
    inside=Inside(
        colour=Colour.AMBER,
        rated="The tablets were handed over and {his} mother stays at home tonight.",
        holds=(
            Hold(
                "camhs",
                ("Referred in the autumn, on the waiting list; can be seen this week in view of the risk.",),
                Theme.SERVICES,
                Handling.ONWARD,
                "child1",
                120,
            ),
            Hold(
                "health",
                ("Seen by the school nurse five times. A safety plan was written with {him} today.",),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                "child1",
                0,
            ),
            Hold(
                "adults",
                ("Carers come twice a day to the grandmother; a hospice has been asked.",),
                Theme.FAMILY,
                Handling.ONWARD,
                "grandmother",
                17,
            ),
        ),
        conversation="{mother} was told at work and came at once. She had guessed and had not dared to ask.",
        risks="An overdose in a bad hour; grief that is still to come.",
        protection="{Child} asks for help and has friends; {mother} puts {him} first.",
        child_views="“I do not want to die, I want it to be quiet.”",
        family_views=(
            "{mother} wants an appointment this week and somebody to talk to {him} when the grandmother dies."
        ),
        gaps="None that would change what is needed.",
        summary=(
            "A young person in grief harms {him}self. The family protects {him} and the specialist service can see "
            "{him} this week."
        ),
        meaning="{Child} is losing somebody {he} loves and has no words for it yet.",
        outcome=Outcome.SPECIALIST,
        level=LevelOfNeed.TARGETED,
        decided=("The mental health service sees {him} this week and leads. The family's own plan is sound.",),
    ),
)

MISSING = Plot(
    key="missing",
    title="Missing from home at night",
    shape=Shape(ages=((13, 16), (6, 10)), adults=("mother", "partner")),
    channel=Channel.POLICE_NOTICE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Wendshire Police",
    post="Missing persons officer",
    reported=(
        (
            "{child} missing for the fourth time in six weeks, found at 04:20 at a flat with adults and alcohol. {He} "
            "said that {he} cannot stand {partner}. {mother} did not report it until noon."
        ),
        (
            "Return interview: {child} stays with friends because {partner} locks the fridge and calls {him} names. "
            "{He} slept two nights in a laundry room. {mother} thinks that {he} makes it up. {other} seems to be "
            "treated well."
        ),
        (
            "{child} was found at two in the morning at the retail park with three adults, none of whom gave a name. "
            "It is the fourth time since the summer. {mother} had not rung; {partner} said that {he} “comes back when"
            " hungry”."
        ),
    ),
    concern=("A young person stays away at night again and again because of how an adult treats {him} at home.",),
    screened=("Repeated absence with a reason at home. What does the school see, and who owns the flat?",),
    criteria=(Criterion.EXPLOITATION, Criterion.REPEATED),
    inside=Inside(
        colour=Colour.AMBER,
        rated="{Child} is with a grandmother until the weekend.",
        holds=(
            Hold(
                "police",
                ("Four episodes; the flat belongs to a man with a conviction for supplying alcohol to children.",),
                Theme.OFFENDING,
                Handling.ONWARD,
                "child1",
                5,
            ),
            Hold(
                "education",
                (
                    "{child} is bright and does the homework on the bus. {He} asked about boarding schools.",
                    "{child} told a tutor that home is fine “when it is only mum”.",
                ),
                Theme.EDUCATION,
                Handling.ONWARD,
                "child1",
                11,
            ),
            Hold(
                "early_help",
                ("A family worker closed the case last year: {partner} would not take part.",),
                Theme.SERVICES,
                Handling.ONWARD,
                "",
                260,
            ),
        ),
        conversation="{mother} came alone and said that she is caught between the two. {partner} did not ring back.",
        risks="Adults at the flat; contempt at home; a young person who gives up on being heard.",
        protection="The grandmother, the school, and a mother who listens when alone.",
        child_views="“I will come home when somebody asks me to.”",
        family_views="{mother} would accept help if {partner} were spoken to by somebody else.",
        gaps="{partner}'s view.",
        summary="A young person is driven out by how {he} is treated at home and finds company that is a danger.",
        meaning="{Child} feels unwanted and looks for somewhere else to belong.",
        outcome=Outcome.ASSESSMENT,
        level=LevelOfNeed.TARGETED,
        decided=(
            "Early help was tried and refused by one adult. Assessment, with the grandmother as the place to stay.",
        ),
    ),
)

KNIFE = Plot(
    key="knife",
    title="A knife in a school bag",
    shape=Shape(ages=((12, 15),), adults=("father",)),
    channel=Channel.EMAIL,
    kind=ReferrerKind.SCHOOL,
    writes_from="child1",
    post="Head of year",
    reported=(
        (
            "A kitchen knife was found in {child}'s bag. {He} said that {he} is followed home by three older boys. "
            "{father} came at once and is worried. {He} was excluded for five days, during which {he} will be alone."
        ),
        (
            "{child} showed a knife to a friend at the bus stop. {He} was robbed in September and has slept badly "
            "since. {father} works shifts and asks what he can do."
        ),
    ),
    concern=("A young person carried a knife to school, out of fear as {he} says.",),
    screened=("Fear rather than aggression, but a knife. Police and youth offending service to say what they know.",),
    criteria=(Criterion.EXPLOITATION,),
    screened_level=LevelOfNeed.TARGETED,
    agreement=FamilyAgreement.GIVEN,
    may_tell=MayTell.ALREADY,
    inside=Inside(
        colour=Colour.GREEN,
        rated="The knife was handed in, and a father who acts.",
        holds=(
            Hold(
                "police",
                ("Victim of a robbery in September; nobody charged. No record of his own.",),
                Theme.OFFENDING,
                Handling.ONWARD,
                "child1",
                88,
            ),
            Hold(
                "yos",
                ("Not known. A place in the group on weapons is free next week.",),
                Theme.SERVICES,
                Handling.ONWARD,
                "child1",
                0,
            ),
            Hold(
                "education",
                ("No trouble before this. Two teachers spoke up for {him}.",),
                Theme.STRENGTHS,
                Handling.ONWARD,
                "child1",
                4,
            ),
        ),
        conversation="{father} and {child} were seen together. They agree to early help and to the group.",
        risks="Being hurt with one's own knife; the older boys.",
        protection="An honest young person, a father who listens, a school that wants {him} back.",
        child_views="{Child} says that {he} was more scared of the knife than of the boys.",
        family_views="{father} would like somebody to walk {him} home for a while.",
        gaps="Who the older boys are.",
        summary="A frightened victim of robbery carried a knife once. Family and school stand behind {him}.",
        meaning="{Child} does not feel safe on {his} way home.",
        outcome=Outcome.EARLY_HELP,
        level=LevelOfNeed.EARLY_HELP,
        decided=(
            (
                "Early help with mentoring and the group on weapons; school takes {him} back with a plan for the way "
                "home."
            ),
        ),
    ),
)

YOUNG_PEOPLE = (SELF_HARM, MISSING, KNIFE)
