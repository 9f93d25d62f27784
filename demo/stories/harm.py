"""Stories of children who may have been hurt."""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind
from decisions.choices import Outcome
from demo.stories.households import Shape
from demo.stories.plots import Hold, Inside, Plot
from information_sharing.choices import Handling, Theme
from screening.choices import Criterion

BRUISED_BABY = Plot(
    key="bruised_baby",
    title="A bruise on a baby who cannot roll over",
    shape=Shape(ages=((0, 0),)),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Aldermere Community Health and Midwifery",
    post="Health visitor",
    reported=(
        (
            "At a home visit this morning the health visitor saw a bruise the size of a coin on {child}'s left cheek. "
            "{He} cannot roll over yet. {mother} said that {he} must have lain on a toy; {father} said the cat did "
            "it. Both were tired and short with each other."
        ),
        (
            "Baby weighing today: a round bruise on {child}'s upper arm and a smaller one on the ear. {mother} had "
            "not noticed them. {father} looks after {him} at night. {He} is too young to move about."
        ),
    ),
    concern=("A non-mobile infant has bruising, and the explanations given differ.",),
    screened=(
        "Bruising on a non-mobile infant needs a strategy discussion or a fast answer from health and police.",
        "A child of this age does not bruise by accident without a clear account. Into the MASH as Red.",
    ),
    criteria=(Criterion.UNEXPLAINED_INJURY, Criterion.SIGNIFICANT_HARM),
    screened_level=LevelOfNeed.STATUTORY,
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="Asking first could lead to a story being agreed between the parents.",
    may_tell=MayTell.NO,
    may_tell_reason="Not before a doctor has seen the bruise.",
    crime_possible=True,
    inside=Inside(
        colour=Colour.RED,
        rated="A baby with a bruise and two explanations.",
        holds=(
            Hold(
                ("health"),
                (
                    (
                        "Birth normal, weight on its line, six-week check normal. Crying in the evenings was "
                        "discussed at three visits."
                    ),
                    (
                        "Feeding well; the mother's mood was low at the last two visits and she was offered an "
                        "appointment."
                    ),
                ),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                ("child1"),
                16,
            ),
            Hold(
                ("police"),
                (
                    ("Two calls by neighbours about shouting since the birth; no offences recorded."),
                    ("The father was cautioned for assault on a brother four years ago."),
                ),
                Theme.OFFENDING,
                Handling.ONWARD,
                ("father"),
                44,
            ),
            Hold("gp"),
            Hold("probation"),
            Hold(
                "csc",
                (
                    (
                        "A half-brother of the baby had a child in need plan three years ago; it ended well after "
                        "eight months."
                    ),
                ),
                Theme.SERVICES,
                Handling.ONWARD,
                "",
                1000,
            ),
        ),
        conversation="Spoke to both parents separately at the hospital. They are frightened and wait for the scan.",
        risks="Bruising that does not fit any account; exhaustion; a baby who cries for hours.",
        protection="Parents who came to every appointment, and a grandmother who can stay the night.",
        child_views="{Child} is too young to say. {He} settles when held by either parent.",
        family_views="Both say that they would never hurt {him} and that they are at the end of their strength.",
        gaps="The result of the skeletal survey.",
        summary=(
            "A baby with unexplained bruising, tired parents who disagree about how it happened, and a record that "
            "does not explain it."
        ),
        meaning="{Child} may have been gripped or hit, and cannot protect {him}self.",
        outcome=Outcome.STRATEGY,
        level=LevelOfNeed.STATUTORY,
        decided=(
            "Unexplained bruising on a non-mobile infant: strategy discussion today, section 47 in view.",
            "The paediatrician cannot explain the marks and nor can the parents. Strategy discussion at once.",
        ),
    ),
)

BELT = Plot(
    key="belt",
    title="A child who says that he was hit with a belt",
    shape=Shape(ages=((7, 10), (4, 4))),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.SCHOOL,
    writes_from="child1",
    post="Designated safeguarding lead",
    reported=(
        (
            "{child} told a dinner lady that {father} hit {him} with a belt last night because {he} had lost a shoe. "
            "There is a red line across the back of {his} legs. {He} begged her not to tell. {other} is in reception "
            "and looked well."
        ),
        (
            "In circle time {child} said that “dad uses the belt when we are bad”. A teacher saw two parallel marks "
            "on {his} thigh when {he} changed. {His} {sibling} {other} is in the infants."
        ),
        (
            "{child} did not want to sit down this morning. {He} said in the end that {father} had used a belt, and "
            "that {other} had to watch. The marks are fresh."
        ),
    ),
    concern=("A child of primary school age says that {he} was hit with a belt at home and has marks on {his} legs.",),
    screened=(
        "A clear account with marks that fit it. Police and health need to be asked today, before school ends.",
        "A child tells of being beaten and is afraid to go home. A younger child is in the house.",
    ),
    criteria=(Criterion.SIGNIFICANT_HARM, Criterion.SEVERAL_AGENCIES),
    screened_level=LevelOfNeed.STATUTORY,
    agreement=FamilyAgreement.NOT_SOUGHT,
    agreement_reason="The child is afraid of what happens if the father learns of it.",
    may_tell=MayTell.NO,
    may_tell_reason="The child goes home to the man who is said to have done it.",
    crime_possible=True,
    inside=Inside(
        colour=Colour.RED,
        rated="A fresh injury, and school ends at a quarter past three.",
        holds=(
            Hold(
                ("police"),
                (
                    (
                        "No convictions. One call three years ago from a neighbour who heard a child scream; all "
                        "was calm at the visit."
                    ),
                ),
                Theme.OFFENDING,
                Handling.ONWARD,
                ("father"),
                1100,
            ),
            Hold(
                ("education"),
                (
                    (
                        "{child} has been late on nine days this term and flinches when a man raises his voice. "
                        "{other} has no entries."
                    ),
                    ("{child} wrote in a story that “the belt lives behind the door”. The class teacher kept it."),
                ),
                Theme.EDUCATION,
                Handling.ONWARD,
                ("child1"),
                13,
            ),
            Hold(
                ("health"),
                (("No attendances with injuries. School nurse saw {child} for headaches twice this year."),),
                Theme.CHILD_HEALTH,
                Handling.HUB_ONLY,
                ("child1"),
                60,
            ),
        ),
        conversation=(
            "{mother} came to the school. She wept and said that she had asked him to stop. {father} was told by the "
            "police."
        ),
        risks="Repeated beating with an object; a mother who cannot stop it; a younger child who watches.",
        protection="{Child} told an adult at school. {mother} is willing to ask her husband to leave for now.",
        child_views="{Child} said: “I do not want dad to go to prison, I want him to stop.”",
        family_views=(
            "{mother} wants help to raise the children without hitting. {father} says that he was raised so himself."
        ),
        gaps="{other} has not been spoken to.",
        summary=(
            "A child was beaten with a belt and has the marks. It has happened before. The parents can be worked "
            "with, under supervision."
        ),
        meaning="{Child} is hurt, ashamed and loyal to both parents.",
        outcome=Outcome.ASSESSMENT,
        level=LevelOfNeed.STATUTORY,
        decided=(
            (
                "An injury caused by a parent, with a younger child in the house: assessment at once, the father to "
                "stay elsewhere."
            ),
            "{Child}'s account, the marks and the school's record agree. An assessment begins today with the police.",
        ),
    ),
)

SCALD = Plot(
    key="scald",
    title="A scald with a story that changes",
    shape=Shape(ages=((2, 3), (6, 9)), adults=("mother", "partner")),
    channel=Channel.EMAIL,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Wendshire General Hospital",
    post="Nurse in the emergency department",
    reported=(
        (
            "{child}, {age}, was brought in by {mother} with a scald to the right hand and forearm, like a glove. She "
            "first said that {he} pulled a cup over, then that {he} reached into the bath. {partner} waited outside "
            "and would not come in. The burn is a day old."
        ),
        (
            "Scald on {child}'s foot and ankle with a clear edge. {mother} says the bath was too hot; an ambulance "
            "was not called and they came eleven hours later. {partner} answered for her. Older child {other} was at "
            "school."
        ),
    ),
    concern=("A young child has a scald with a clear edge, brought late, and the account of it changed.",),
    screened=(
        ("The shape of the scald and the delay need an opinion from the consultant and a look at the household."),
    ),
    criteria=(Criterion.UNEXPLAINED_INJURY,),
    screened_level=LevelOfNeed.STATUTORY,
    agreement=FamilyAgreement.REFUSED,
    agreement_reason="The mother said no when the nurse asked her, and wanted to leave.",
    may_tell=MayTell.ALREADY,
    crime_possible=True,
    inside=Inside(
        colour=Colour.RED,
        rated="The child is on the ward until tomorrow; the older one goes home today.",
        holds=(
            Hold(
                ("health"),
                (
                    ("Consultant's opinion: the edge suggests that the limb was held in hot water. Photographs taken."),
                    ("Consultant's opinion: could be an accident in a bath, but the delay is not explained."),
                ),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                ("child1"),
                1,
            ),
            Hold(
                ("police"),
                (("The partner is known under another surname in the next county; enquiries were sent there."),),
                Theme.OFFENDING,
                Handling.HUB_ONLY,
                ("partner"),
                2,
            ),
            Hold(
                ("housing"),
                (
                    (
                        "The boiler at {place} was reported as far too hot in the spring; a valve was fitted "
                        "after two complaints."
                    ),
                ),
                Theme.HOME,
                Handling.ONWARD,
                (""),
                150,
            ),
        ),
        conversation="{mother} was seen on the ward without her partner. She said that she had not been in the room.",
        risks="A burn that may have been inflicted, and an older child who is alone with the same adult.",
        protection="{Child} is safe on the ward. The grandmother collected {other} from school.",
        child_views="{Child} cried when {partner} came to the ward. {other} says that bath time is “when he shouts”.",
        family_views="{mother} is afraid of losing the children. {partner} would not speak to us.",
        gaps="The answer of the neighbouring police force.",
        summary=(
            "A scald that a consultant does not think an accident, a late journey to hospital and an adult nobody "
            "knows."
        ),
        meaning="{Child} was badly hurt while in the care of somebody who will not explain it.",
        outcome=Outcome.STRATEGY,
        level=LevelOfNeed.STATUTORY,
        decided=("Medical opinion and delay point to harm by an adult. Strategy discussion on the ward today.",),
    ),
)

HARM = (BRUISED_BABY, BELT, SCALD)
