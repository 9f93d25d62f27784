"""A plot told of one household, from the first call to the word back."""

from __future__ import annotations

from dataclasses import replace

from contacts.choices import FamilyAgreement, Known, MayTell, ReferrerKind
from decisions.choices import FeedbackState
from demo.shapes import CaseText, ContactText, FeedbackText, LetterText, ReferrerText, ScreeningText
from demo.stories.abuse_between_adults import ABUSE_BETWEEN_ADULTS
from demo.stories.elsewhere import ELSEWHERE
from demo.stories.exploitation import EXPLOITATION
from demo.stories.harm import HARM
from demo.stories.households import household
from demo.stories.inquiry import analysis_of, asks_of, decision_of, release_of
from demo.stories.neglect import NEGLECT
from demo.stories.parents import PARENTS
from demo.stories.plots import Plot
from demo.stories.teller import Teller
from demo.stories.writers import private, professional
from demo.stories.young_people import YOUNG_PEOPLE
from screening.choices import Exit

TOLD = (*HARM, *ABUSE_BETWEEN_ADULTS, *NEGLECT, *YOUNG_PEOPLE, *EXPLOITATION, *PARENTS, *ELSEWHERE)
PLOTS: dict[str, Plot] = {plot.key: plot for plot in TOLD}
EXIT_TEAMS = {
    Exit.ASSESSMENT: "assessment",
    Exit.STRATEGY: "assessment",
    Exit.EARLY_HELP: "early_help_team",
    Exit.ALLOCATED: "allocated",
    Exit.OTHER_AUTHORITY: "elsewhere",
    Exit.ADULT_SAFEGUARDING: "adult_team",
    Exit.LADO: "lado",
}
AUTHORITIES = (
    (
        "Asking the family first could put a child at risk before anything is known. The search is limited to what is "
        "needed."
    ),
    "There is reason to think that a child suffers significant harm; waiting for an answer would delay protection.",
    "Agreement could not be sought in time. The concern outweighs the family's wish not to have it shared.",
)
MEANWHILE = (
    "Please go on as you do, and ring us at once if something changes.",
    "If a child is in danger, ring 999. Otherwise write down what you see and hear, with day and time.",
    "Please keep the child's routine and let us know of any absence.",
    "Nothing is asked of you now. Thank you for telling us.",
)
WHOM_TO_RING = (
    "The duty desk of the hub, 01632 960100",
    "The assessment team's duty worker, 01632 960300",
)


AGREED = (
    "{parent} agreed when told that we would be rung.",
    "{parent} said yes, and would like to hear what comes of it.",
    "{parent} agreed on the telephone before we were rung.",
    "{parent} agreed once it was clear who would be asked.",
    "Agreed by {parent} in a talk with the referrer; a note was made there.",
    "{parent} agreed and has nothing against others being asked.",
    "{parent} agreed, and would rather be rung than written to.",
)


def tell(key: str, number: int, *, of: int | None = None, wording: int | None = None) -> CaseText:
    """Tell a plot.

    Args:
        number: which telling of all; sets names and lesser things.
        wording: which telling of this plot; chooses among its wordings. As the number where it is left out.
        of: the number of a household that another story tells of too.
    """
    plot = PLOTS[key]
    home = household(number if of is None else of, plot.shape)
    teller = Teller(plot, number, number if wording is None else wording, home, number if of is None else of)
    case = CaseText(
        key=f"{plot.key}-{number}",
        title=plot.title,
        contact=_contact(teller),
        screening=_screening(teller),
        letters=_letters(teller),
        feedback=_feedback(teller),
    )
    if plot.inside is None:
        return case
    return replace(
        case,
        colour=plot.inside.colour,
        rating_reason=teller.say(plot.inside.rated),
        authority="" if plot.agreement == FamilyAgreement.GIVEN else AUTHORITIES[number % len(AUTHORITIES)],
        asks=asks_of(teller, plot.inside),
        analysis=analysis_of(teller, plot.inside),
        decision=decision_of(teller, plot.inside),
        release=release_of(teller, plot.inside),
    )


def _contact(teller: Teller) -> ContactText:
    plot, number = teller.plot, teller.number
    is_open = plot.exit == Exit.ALLOCATED
    return ContactText(
        channel=plot.channel,
        referrer=_referrer(teller),
        reported=teller.one_of(plot.reported),
        concern=teller.one_of(plot.concern),
        people=teller.home.people,
        relations=teller.home.relations,
        address=teller.home.address,
        known=Known.OPEN if is_open else Known.CLOSED if number % 5 == 0 else Known.NOT_KNOWN,
        open_to="Children in need team, Aled Rhys" if is_open else "",
        agreement=plot.agreement,
        agreement_reason=teller.say(plot.agreement_reason or AGREED[number % len(AGREED)]),
        may_tell=plot.may_tell,
        may_tell_reason=teller.say(plot.may_tell_reason),
        crime_possible=plot.crime_possible,
        happened_days_ago=number % 4,
    )


def _referrer(teller: Teller) -> ReferrerText:
    plot, number = teller.plot, teller.number
    if plot.kind in {ReferrerKind.PROFESSIONAL, ReferrerKind.SCHOOL}:
        schools = {child.key: child.school for child in teller.children}
        return professional(plot.kind, plot.organisation or schools[plot.writes_from], plot.post, number)
    if plot.told_by:
        return private(plot.kind, teller.home_number, teller.home.words[f"{plot.told_by}_full"])
    return private(plot.kind, number)


def _screening(teller: Teller) -> ScreeningText:
    plot = teller.plot
    return ScreeningText(
        exit=plot.exit,
        reasons=teller.one_of(plot.screened),
        criteria=plot.criteria,
        levels={child.key: plot.screened_level for child in teller.children},
        colour=plot.inside.colour if plot.inside else None,
        handover=teller.say(plot.handover),
        team=EXIT_TEAMS.get(plot.exit, ""),
    )


def _letters(teller: Teller) -> tuple[LetterText, ...]:
    """A letter without a text goes as the hub words it first."""
    parents = [adult for adult in teller.adults if adult.part in {"mother", "father"}]
    if not teller.plot.shape.named:
        return tuple(
            LetterText(one.key, held_back=("Nobody knows their names or found a reason to.")) for one in parents
        )
    if teller.plot.may_tell == MayTell.NO:
        return tuple(LetterText(one.key, held_back="A letter would raise the risk to the child.") for one in parents)
    return tuple(LetterText(one.key) for one in parents)


def _feedback(teller: Teller) -> FeedbackText:
    number, referrer = teller.number, _referrer(teller)
    if number % 11 == 0 and referrer.is_private:
        return FeedbackText(
            FeedbackState.HELD_BACK, reason="The referrer lives with somebody who must not learn of the contact."
        )
    state = FeedbackState.SENT if referrer.email else FeedbackState.SPOKEN
    return FeedbackText(
        state,
        whom_to_ring=WHOM_TO_RING[number % len(WHOM_TO_RING)],
        meanwhile=MEANWHILE[number % len(MEANWHILE)],
        reason="" if referrer.email else "Rang them on the number they had given.",
    )
