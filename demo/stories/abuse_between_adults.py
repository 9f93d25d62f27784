"""Stories of violence and control between adults, with children who live in it."""

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind
from decisions.choices import Outcome
from demo.stories.households import Shape
from demo.stories.plots import Hold, Inside, Plot
from information_sharing.choices import Handling, Theme
from screening.choices import Criterion

POLICE_NOTICE = Plot(
    key="police_notice",
    title="A police notification after a call-out",
    shape=Shape(ages=((5, 9), (2, 4))),
    channel=Channel.POLICE_NOTICE,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Wendshire Police",
    post="Response officer",
    reported=(
        (
            "Called at 23:10 by {mother}: {father} drunk, had broken a window and pushed her over a table. She had a "
            "cut elbow. {child} and {other} were awake upstairs; the older one had rung from the bedroom first. He "
            "was arrested for common assault and bailed not to return."
        ),
        (
            "Third incident this year. {mother} locked in the garden by {father}. Officers found {child} at the "
            "window in pyjamas and {other} asleep. No injuries seen. She did not wish to make a statement. Risk "
            "assessment: medium."
        ),
        (
            "Argument over money, plates thrown, {child} stood between the parents. {father} left before officers "
            "came. {mother} shaking, said it is “only when he drinks”. Children seen and unhurt, house tidy and warm."
        ),
        (
            "A neighbour rang at 01:40. {mother} on the stairs, {father} asleep on the sofa with a hand that bled. A "
            "door was off its hinges. {child} came down and asked whether they could “take dad somewhere else”. "
            "{other} did not wake."
        ),
        (
            "Called by a passer-by to {place}: {father} shouting in the street, {mother} inside with {child} and "
            "{other} behind a locked bathroom door. Nobody hurt. He was driven to a friend's. Both adults had been"
            " drinking."
        ),
        (
            "{mother} came to the front desk with a bruise on her upper arm and {other} in the pushchair. {father} "
            "had taken her keys. {child} was at school and knew of it. She gave a statement and asked for an alarm."
        ),
    ),
    concern=(
        ("The police were called to violence between the adults of a household in which two young children live."),
    ),
    screened=(
        "Repeated calls within a year, and children who were awake and took part. Several agencies know the family.",
        "One child rang for help or stood between the parents. The picture from school and health is missing.",
    ),
    criteria=(Criterion.DOMESTIC_ABUSE, Criterion.REPEATED),
    agreement=FamilyAgreement.SOUGHT,
    agreement_reason="Officers asked {mother}; she wanted to think about it.",
    crime_possible=True,
    inside=Inside(
        colour=Colour.AMBER,
        rated="He may not return tonight; the children live with repeated violence.",
        holds=(
            Hold(
                ("police"),
                (
                    (
                        "Four calls in twelve months; twice the children were present. One conviction for drunk and "
                        "disorderly."
                    ),
                    ("Bail conditions in force: not to go to {place}, not to speak to {mother}."),
                ),
                Theme.DOMESTIC_ABUSE,
                Handling.ONWARD,
                ("father"),
                20,
            ),
            Hold(
                ("education"),
                (
                    ("{child} comes early and stays late, and asks who is at home. Attendance is good."),
                    ("{child}'s teacher noted that {he} fell asleep in class on three Mondays."),
                ),
                Theme.EDUCATION,
                Handling.ONWARD,
                ("child1"),
                9,
            ),
            Hold(
                ("health"),
                (
                    (
                        "{other} was not brought to the two-year review. {mother} told the health visitor that "
                        "things are “up and down”."
                    ),
                ),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                ("child2"),
                80,
            ),
            Hold(
                ("idva"),
                (("{mother} rang the helpline once in the spring and did not call back."),),
                Theme.DOMESTIC_ABUSE,
                Handling.HUB_ONLY,
                ("mother"),
                96,
            ),
        ),
        conversation="{mother} was rung while he was out. She agrees to a visit on a weekday morning.",
        risks="It happens more often and he drinks. The children step in.",
        protection="{mother} rings the police now. {Child} has a teacher whom {he} trusts.",
        child_views="{Child} told {his} teacher that {he} “keeps the phone under the pillow”.",
        family_views="{mother} wants him to get help with drinking; {father} says that it is her who starts.",
        gaps="Nobody has spoken to {other}.",
        summary=(
            "Two children live with violence that comes back every few weeks. One of them has taken on the job of "
            "calling for help."
        ),
        meaning="{Child} feels responsible for keeping {his} mother safe.",
        outcome=Outcome.ASSESSMENT,
        level=LevelOfNeed.TARGETED,
        decided=(
            "Repeated violence in front of two children, a parent open to help: assessment by children's social care.",
            "The number of calls and {child}'s part in them go beyond early help. Assessment.",
        ),
    ),
)

HANDOVERS = Plot(
    key="handovers",
    title="Threats when the children change hands",
    shape=Shape(ages=((6, 11), (2, 3)), away=("father",), nursery="Quayside Children's Centre"),
    channel=Channel.TELEPHONE,
    kind=ReferrerKind.PROFESSIONAL,
    writes_from="child2",
    post="Family worker",
    reported=(
        (
            "{mother} and {father} separated in the summer. At handovers he blocks her car, films her and says in "
            "front of {child} that she will “be sorry”. {child} has begun to hide when it is time to go. {mother} "
            "asked the family worker to ring."
        ),
        (
            "{father} sends forty messages a day to {mother} and asks {child} what she does and who visits. Last "
            "weekend {he} was brought back a day late. {mother} is worn out and fears the next handover."
        ),
    ),
    concern=(
        (
            "Two children are said to be caught in threats between separated parents when they change from one to the "
            "other."
        ),
    ),
    screened=(
        (
            "Controlling behaviour after a separation, with a child who is questioned. The domestic abuse service may "
            "know more."
        ),
    ),
    criteria=(Criterion.DOMESTIC_ABUSE,),
    screened_level=LevelOfNeed.EARLY_HELP,
    inside=Inside(
        colour=Colour.GREEN,
        rated="No violence reported; the next handover is in eight days.",
        holds=(
            Hold(
                ("idva"),
                (("{mother} is in a group for women who have left a controlling partner, and comes each week."),),
                Theme.SERVICES,
                Handling.ONWARD,
                ("mother"),
                25,
            ),
            Hold(
                ("police"),
                (
                    ("One report of harassment by messages; a warning was given in writing."),
                    ("Nothing recorded about violence. One call about a car that was blocked in."),
                ),
                Theme.OFFENDING,
                Handling.ONWARD,
                ("father"),
                33,
            ),
            Hold(
                ("education"),
                (("{child} is quiet after weekends and bright by Wednesday. Parents come to meetings separately."),),
                Theme.EDUCATION,
                Handling.ONWARD,
                ("child1"),
                10,
            ),
        ),
        conversation=(
            "Both parents were rung. {father} denies threats and agrees to handovers at the children's centre."
        ),
        risks="The children hear threats and are asked to report on their mother.",
        protection="Two parents who love them; a school that sees both; a group that supports {mother}.",
        child_views="{Child} would like “somebody else to do the swapping”.",
        family_views="{mother} wants handovers with a third person. {father} wants to see more of the children.",
        gaps="What the family court has ordered.",
        summary="Control and threats after a separation that reach the children at handovers; no violence is known.",
        meaning="{Child} feels torn and carries messages that no child should carry.",
        outcome=Outcome.EARLY_HELP,
        level=LevelOfNeed.EARLY_HELP,
        decided=(
            ("Both parents agree to early help and to supervised handovers. No assessment is needed while that holds."),
        ),
    ),
)

UNBORN = Plot(
    key="unborn",
    title="A baby not yet born, and a father barred from earlier children",
    shape=Shape(ages=((0, 0),), adults=("mother", "father"), unborn=True),
    channel=Channel.EMAIL,
    kind=ReferrerKind.PROFESSIONAL,
    organisation="Aldermere Community Health and Midwifery",
    post="Midwife",
    reported=(
        (
            "{mother_full} booked late. Her partner {father_full} came to each appointment and answered for her. When "
            "she was alone for a scan she said that his two older children were adopted and that he gets angry “when "
            "things are not right”. She asked that he should not know she said so."
        ),
        (
            "At the booking visit {mother_full} had bruises on her wrist. She says that {father} holds her “so I "
            "listen”. He is known in another county, where his children do not live with him. The baby is due in the "
            "next months."
        ),
        (
            "{mother} came to the clinic with {father}, who answered for her. Alone in the lift she asked whether the"
            " hub had to be told if somebody had “lost children before”. She has no money of her own and no key."
        ),
    ),
    concern=(
        (
            "A woman who expects a baby may be controlled and hurt by the baby's father, whose older children were "
            "removed from his care."
        ),
    ),
    screened=("The unborn child needs a plan well before the birth. The other county's record matters most.",),
    criteria=(Criterion.DOMESTIC_ABUSE, Criterion.SIGNIFICANT_HARM),
    screened_level=LevelOfNeed.STATUTORY,
    agreement=FamilyAgreement.GIVEN,
    agreement_reason="{mother} agrees; {father} has not been asked, for her safety.",
    may_tell=MayTell.NO,
    may_tell_reason="She knows. {father} must not: he would learn that she has told.",
    inside=Inside(
        colour=Colour.AMBER,
        rated="Weeks remain before the birth; she is seen every fortnight.",
        holds=(
            Hold(
                ("health"),
                (
                    ("Booked at nineteen weeks, two appointments missed, none since. Baby growing well."),
                    ("Mother asked twice about anxiety and accepted a referral."),
                ),
                Theme.CHILD_HEALTH,
                Handling.ONWARD,
                ("child1"),
                22,
            ),
            Hold(
                ("police"),
                (("He was convicted of assault on an earlier partner while she was pregnant."),),
                Theme.OFFENDING,
                Handling.ONWARD,
                ("father"),
                1900,
            ),
            Hold(
                ("probation"),
                (("Supervision ended two years ago; he finished the programme at the second try."),),
                Theme.OFFENDING,
                Handling.HUB_ONLY,
                ("father"),
                800,
            ),
        ),
        conversation="{mother} was met at the antenatal clinic, alone. She wants the baby to stay with her.",
        risks="Violence in pregnancy often gets worse after the birth. He has hurt before.",
        protection="{mother} speaks openly when alone, and her mother lives near.",
        child_views="Not yet born.",
        family_views="{mother} would like help to decide whether to stay with him.",
        gaps="The other county's file on the older children.",
        summary=(
            "An unborn child of a father whose older children were adopted after violence, and a mother who begins to "
            "speak about it."
        ),
        meaning="The baby would be born into a home in which the mother is not safe.",
        outcome=Outcome.ASSESSMENT,
        level=LevelOfNeed.STATUTORY,
        decided=("A pre-birth assessment begins now, so that there is a plan twelve weeks before the birth.",),
    ),
)

ABUSE_BETWEEN_ADULTS = (POLICE_NOTICE, HANDOVERS, UNBORN)
