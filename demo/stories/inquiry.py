"""The part of a story that happens inside the MASH: who is asked, what they hold, what is made of it and decided."""

from __future__ import annotations

from clock.choices import Colour
from contacts.choices import FamilyAgreement, MayTell
from decisions.choices import FamilyTold, Outcome
from demo.shapes import (
    AnalysisText,
    AskText,
    ChildDecisionText,
    DecisionText,
    ItemText,
    ReleaseText,
    SealedItem,
)
from demo.stories.plots import Hold, Inside
from demo.stories.teller import Teller
from information_sharing.choices import Handling, LawfulBasis, Theme

RESEARCHERS = {
    "csc": "csc_researcher",
    "police": "police_researcher",
    "health": "health_researcher",
    "education": "school_researcher",
    "gp": "gp_researcher",
    "probation": "probation_researcher",
    "yos": "yos_researcher",
    "housing": "housing_researcher",
    "idva": "idva_researcher",
    "camhs": "camhs_researcher",
}
"""Who answers for an agency; the others are rung up."""
RUNG_UP = {
    "adults": "Duty worker of adult social care",
    "substance": "Team leader of the substance misuse service",
    "ambulance": "Safeguarding desk of the ambulance service",
    "fire": "Prevention officer of fire and rescue",
    "early_help": "Duty worker of early help",
}
SYSTEMS = {
    "csc": "Social care record",
    "police": "Police National Computer, crime and incident records",
    "health": "Community health record",
    "education": "School's record, attendance register",
    "gp": "Practice record",
    "probation": "Case management system",
    "yos": "Case system of the service",
    "housing": "Tenancy record",
    "idva": "Case system of the service",
    "camhs": "Electronic patient record",
}
QUESTIONS = {
    "csc": "Earlier and present involvement with {people}, plans, and workers to speak to.",
    "police": "Calls, incidents, orders and convictions that involve {people} or {place}.",
    "health": "Attendances, missed appointments and what your practitioners noted about {people}.",
    "education": "Attendance, behaviour and anything said in school by or about {people}.",
    "gp": "Consultations and referrals of the last year for {people}.",
    "probation": "Orders, conditions and the assessed risk, for {people}.",
    "yos": "Orders or programmes, and what you know of the safety of {people}.",
    "housing": "Tenancy, complaints, arrears and visits at {place}.",
    "idva": "Whether {people} are known to you, and any plan made with them.",
    "camhs": "Involvement of your service with {people}, and what it means for a child's care.",
}
PURPOSES = (
    "To decide how soon somebody must act, and who.",
    "To see whether this stands alone or is part of a pattern.",
    "To judge what the child needs and from which service.",
    "To complete the picture before the manager decides.",
)
FULL_CONCERN = frozenset({"police", "health"})
KNOW_OF_DANGER = frozenset({"police", "probation", "health", "camhs", "idva", "ambulance"})
"""Whose items on a Red whoever is on duty at night needs."""
COVERING = (
    (
        "Please be in touch with the family within the time that your team's standard sets. What we do not know is "
        "listed."
    ),
    "The family expects you. The school asks to be told when somebody comes.",
    "We rang the parent today and said that you would call. Please read the chronology first.",
    "Taken together this is more than each agency saw alone. Please begin with the child's own words.",
)
SEALED = SealedItem(
    text="A source says that weapons are kept in the loft. The source can be recognised by what they know.",
    theme=Theme.OFFENDING,
    days_ago=9,
    proposed="There may be weapons in the house. Do not go there without the police.",
    agreed="Ring the police supervisor before any visit. Never go alone.",
)
ALSO = (
    "{name} lives with the same worry, and nobody has heard {name} on it yet.",
    "{name} says little about it; what {name} saw and understood is not known.",
    "For {name} it is part of every day, and so far nobody has asked.",
    "{name} follows the older one's lead and should be spoken to alone.",
    "{name} seems well and is loved, and is in the same rooms when it happens.",
    "{name} is too easily forgotten beside the other child: the plan has to name {name}.",
    "What it does to {name} is seen at school more than at home.",
)
OTHERS = (
    "Lives in the same household and is affected in the same way; seen together with the other child.",
    "The same risks at home; a plan of its own, by the same worker.",
    "No sign of harm so far, and no reason to think that it will stay so.",
    "Was there each time. What helps one child helps both.",
    "Decided together with the other child: one visit, one plan, two voices.",
    "Less is known, and that is a reason to look, not to wait.",
)
"""What is said of a second child, by turns."""
TEAMS = {
    Outcome.ASSESSMENT: ("assessment", "asha_assessment"),
    Outcome.STRATEGY: ("assessment", "asha_assessment"),
    Outcome.EARLY_HELP: ("early_help_team", "ella_early_help"),
    Outcome.SPECIALIST: ("specialist", "sade_specialist"),
}
"""The team to which an outcome goes, and who accepts there."""


def asks_of(teller: Teller, inside: Inside) -> tuple[AskText, ...]:
    """Return what each agency is asked and answers."""
    return tuple(_ask(teller, inside, hold) for hold in inside.holds)


def _ask(teller: Teller, inside: Inside, hold: Hold) -> AskText:
    nights = {inside.holds[0].agency, *KNOW_OF_DANGER}
    known = {one.key for one in teller.home.people}
    wanted = {child.key for child in teller.children} | ({hold.about} & known)
    about = tuple(one.key for one in teller.home.people if one.key in wanted)
    words = teller.home.words | {"people": _spoken_names(teller, about)}
    given = teller.plot.agreement == FamilyAgreement.GIVEN
    question = QUESTIONS.get(hold.agency, "What you know of {people} that bears on a child's safety.")
    return AskText(
        agency=hold.agency,
        who=RESEARCHERS.get(hold.agency, ""),
        asks=question.format_map(words),
        about=about,
        purpose=PURPOSES[(teller.number + len(hold.agency)) % len(PURPOSES)],
        concern=teller.one_of(teller.plot.concern) if hold.agency in FULL_CONCERN else "",
        basis=LawfulBasis.AGREED if given else LawfulBasis.PUBLIC_TASK,
        items=_items(teller, hold, at_night=inside.colour == Colour.RED and hold.agency in nights),
        systems=SYSTEMS.get(hold.agency, ""),
        spoken_by=RUNG_UP.get(hold.agency, ""),
    )


def _spoken_names(teller: Teller, about: tuple[str, ...]) -> str:
    named = [f"{one.given_name} {one.family_name}".strip() for one in teller.home.people if one.key in about]
    known = [name for name in named if name]
    return " and ".join([", ".join(known[:-1]), known[-1]]) if len(known) > 1 else "".join(known) or "the family"


def _items(teller: Teller, hold: Hold, *, at_night: bool) -> tuple[ItemText, ...]:
    if not hold.texts:
        return ()
    told = hold.texts if teller.number % 3 == 0 else (hold.texts[teller.number % len(hold.texts)],)
    known = {one.key for one in teller.home.people}
    return tuple(
        ItemText(
            teller.say(text),
            hold.handling,
            hold.theme,
            hold.about if hold.about in known else "",
            hold.days + place * 11,
            source=SYSTEMS.get(hold.agency, "").partition(",")[0],
            needed_at_night=at_night and hold.handling != Handling.MANAGER_ONLY,
            named=("health",) if hold.agency == "police" and hold.handling == Handling.ONWARD else (),
        )
        for place, text in enumerate(told)
    )


def analysis_of(teller: Teller, inside: Inside) -> AnalysisText:
    """Return the social worker's analysis; what it means for a second child is said in other words."""
    meanings = {
        child.key: teller.say(inside.meaning) if place == 0 else _by_turns(ALSO, teller, place, child.given_name)
        for place, child in enumerate(teller.children)
    }
    return AnalysisText(
        conversation=teller.say(inside.conversation),
        risks=teller.say(inside.risks),
        protection=teller.say(inside.protection),
        child_views=teller.say(inside.child_views),
        family_views=teller.say(inside.family_views),
        gaps=teller.say(inside.gaps),
        summary=teller.say(inside.summary),
        recommendation=f"{Outcome(inside.outcome).label}: {teller.one_of(inside.decided)}",
        outcome=inside.outcome,
        meanings=meanings,
    )


def decision_of(teller: Teller, inside: Inside) -> DecisionText:
    """Return the manager's decision, the same for every child of the household."""
    first = teller.one_of(inside.decided)
    return DecisionText(
        children=tuple(
            ChildDecisionText(child.key, inside.outcome, inside.level, _why(teller, place, first))
            for place, child in enumerate(teller.children)
        ),
        missing=teller.say(inside.gaps),
        dissent_of="education" if teller.number % 9 == 0 else "",
        dissent="The school would have liked an assessment." if teller.number % 9 == 0 else "",
    )


def _why(teller: Teller, place: int, first: str) -> str:
    return first if place == 0 else _by_turns(OTHERS, teller, place)


def _by_turns(wordings: tuple[str, ...], teller: Teller, place: int, name: str = "") -> str:
    """Take another wording for each story and child."""
    return wordings[(teller.number + place) % len(wordings)].format(name=name)


def release_of(teller: Teller, inside: Inside) -> ReleaseText | None:
    """Return what goes to the receiving team; None where nothing goes to a team."""
    if inside.outcome not in TEAMS:
        return None
    team, who = TEAMS[inside.outcome]
    return ReleaseText(
        team=team,
        who=who,
        covering=COVERING[teller.number % len(COVERING)],
        told=FamilyTold.HELD_BACK if teller.plot.may_tell == MayTell.NO else FamilyTold.YES,
    )
