"""The journey of one contact, stage by stage, as the people in it walk it: each step by one signed-in person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Page

from demo.people import AGENCIES, PASSWORD, PEOPLE, TEAMS
from demo.shapes import AskText, CaseText, ItemText, ReleaseText, Someone
from tests.browser.hands import fill, no_errors, press, reference_on, value_of_choice

SignIn = Callable[..., Page]


@dataclass
class Journey:
    """One case on its way through the hub.

    Attributes:
        contact: reference of the contact, once it is logged.
        enquiry: reference of the MASH enquiry, once there is one.
        pages: who is signed in, each in a browser of their own.
    """

    case: CaseText
    sign_in: SignIn
    today: date
    contact: str = ""
    enquiry: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    def as_(self, key: str, path: str) -> Page:
        """Return a person's page, signed in, at an address."""
        if key not in self.pages:
            self.pages[key] = self.sign_in(key, choosing="Researcher")
        self.pages[key].goto(path)
        return self.pages[key]


def name_of(key: str) -> str:
    """Return an invented person's name."""
    return next(one.name for one in PEOPLE if one.key == key)


def log_contact(journey: Journey) -> None:
    """The front door logs the contact."""
    text = journey.case.contact
    page = journey.as_("fiona_front", "/contacts/new/")
    for kind, people in (("children", text.children), ("adults", text.adults)):
        add_people(page, kind, people, journey.today)
    referrer = text.referrer
    channel = "letter" if text.channel == "online" else str(text.channel)
    fill(
        page,
        {
            "channel": channel,
            "report": text.reported,
            "concern": text.concern,
            "referrer_kind": str(referrer.kind),
            "name": referrer.name,
            "organisation": referrer.organisation,
            "post": referrer.post,
            "email": referrer.email,
            "safe_by": [str(way) for way in referrer.safe_by],
            "own_reference": referrer.own_reference,
            "known": str(text.known),
            "systems_searched": text.systems_searched,
            "address": text.address,
            "address_is_protected": _answer(text.address_is_protected),
            "protected_from": text.protected_from,
            "visit_hazard": _answer(bool(text.hazards)),
            "hazards": text.hazards,
            "agreement": str(text.agreement),
            "agreement_reason": text.agreement_reason,
            "may_tell": str(text.may_tell),
            "may_tell_reason": text.may_tell_reason if text.may_tell == "no" else "",
            "crime_possible": _answer(text.crime_possible),
            "immediate_danger": _answer(text.immediate_danger),
        },
    )
    page.get_by_role("button", name="Log this contact").last.click()
    no_errors(page)
    journey.contact = reference_on(page)


def add_people(page: Page, prefix: str, people: Iterable[Someone], today: date) -> None:
    """Fill the formset of children or adults, adding a form for each as its button does."""
    for number, one in enumerate(people):
        if page.locator(f'[name="{prefix}-{number}-given_name"]').count() == 0:
            page.locator(f'button[name="{prefix}-add"]').click()
        at = f"{prefix}-{number}-"
        fill(page, {f"{at}given_name": one.given_name, f"{at}family_name": one.family_name, f"{at}part": one.part})
        fill(page, {f"{at}date_of_birth": one.born_on(today), f"{at}age_reported": one.age_reported})
        if one.is_child:
            fill(page, {f"{at}sex": str(one.sex), f"{at}school": one.school})
            fill(page, {f"{at}is_unborn": True, f"{at}expected_on": one.expected_on(today)} if one.is_unborn else {})
        fill(page, {f"{at}lives_in_household": _answer(one.lives_in_household)})


def _answer(said: bool) -> str:
    return "yes" if said else "no"


def screen_into_mash(journey: Journey) -> None:
    """The screener decides: into the MASH."""
    text = journey.case.screening
    page = journey.as_("sunita_screener", f"/screening/{journey.contact}/")
    form = page.locator('form[action$="/decide/"]')
    fill(form, {"criteria": [str(one) for one in text.criteria], "exit": str(text.exit), "reasons": text.reasons})
    for one in journey.case.contact.children:
        group = form.locator("fieldset", has_text=f"Level of need: {shown_name(one)}").last
        group.locator(f'input[value="{text.levels[one.key]}"]').check()
    if text.colour:
        fill(form, {"proposed_colour": str(text.colour)})
    if form.locator('[name="joins"]').count():
        fill(form, {"joins": "new"})
    press(form, "Record the decision")
    no_errors(page)


def rate_and_assign(journey: Journey) -> None:
    """The manager finds the enquiry from the contact, rates it and assigns a social worker."""
    page = journey.as_("maeve_manager", f"/contacts/{journey.contact}/")
    link = page.locator('a[href^="/enquiries/M-"]').first
    journey.enquiry = (link.get_attribute("href") or "").split("/")[2]
    page.goto(f"/enquiries/{journey.enquiry}/rate/")
    fill(page, {"colour": str(journey.case.colour), "reason": journey.case.rating_reason})
    press_submit(page)
    page.goto(f"/enquiries/{journey.enquiry}/assign/")
    fill(page, {"social_worker": value_of_choice(page, "social_worker", name_of("saira_worker"))})
    press_submit(page)


def press_submit(page: Page) -> None:
    """Press the button of the page's own form and look for errors."""
    page.locator("main form button[type=submit]").last.click()
    no_errors(page)


def authorise(journey: Journey) -> None:
    """The manager says why agencies may be asked without the family's agreement."""
    page = journey.as_("maeve_manager", f"/enquiries/{journey.enquiry}/authorise/")
    fill(page, {"reason": journey.case.authority})
    press_submit(page)


def ask_agencies(journey: Journey) -> None:
    """The social worker asks each agency in words of its own."""
    page = journey.as_("saira_worker", f"/enquiries/{journey.enquiry}/ask/")
    names = {one.key: one.name for one in AGENCIES}
    keys = {ask.agency: value_of_choice(page, "agencies", names[ask.agency]) for ask in journey.case.asks}
    fill(page, {"agencies": list(keys.values())})
    press_submit(page)
    fill(page, {"purpose": journey.case.asks[0].purpose, "lawful_basis": str(journey.case.asks[0].basis)})
    for ask in journey.case.asks:
        part = page.locator("main fieldset.hub-formset__one", has_text=names[ask.agency])
        about = [someone.key for someone in journey.case.contact.people if someone.key in ask.about]
        boxes = part.locator('input[type="checkbox"][name$="subjects"]')
        name = boxes.first.get_attribute("name") or ""
        prefix = name.removesuffix("subjects")
        for someone in journey.case.contact.people:
            if someone.key in about:
                value = value_of_choice(part, name, shown_name(someone))
                part.locator(f'[name="{name}"][value="{value}"]').check()
        fill(part, {f"{prefix}asks": ask.asks})
        if ask.concern:
            part.locator(f'[name="{prefix}concern"]').fill(ask.concern)
    press_submit(page)
    no_errors(page)
    page.locator('main button[name="confirm"]').click()


def shown_name(someone: Someone) -> str:
    """Return how pages call somebody."""
    full = f"{someone.given_name} {someone.family_name}".strip()
    return full or ("Unborn child" if someone.is_unborn else "Unnamed")


def request_of(journey: Journey, key: str) -> str:
    """Return the reference of the request that a researcher finds for this enquiry in their list."""
    page = journey.as_(key, "/requests/")
    row = page.locator("main tr, main li, main .hub-work__row", has_text=journey.enquiry).first
    href = row.locator('a[href^="/requests/Q-"]').first.get_attribute("href") or ""
    return href.split("/")[2]


def answer(journey: Journey, ask: AskText) -> None:
    """A researcher answers: item by item, or nothing to share; what is confidential is sealed beside it."""
    reference = request_of(journey, ask.who)
    page = journey.pages[ask.who]
    if ask.sealed:
        page.goto(f"/requests/{reference}/seal/")
        fill(page, {"text": ask.sealed.text, "theme": str(ask.sealed.theme), "door": "no"})
        press_submit(page)
    if not ask.items:
        page.goto(f"/requests/{reference}/")
        form = page.locator('form[action$="/nothing/"]')
        fill(form, {"systems": ask.systems, "identifiers": ask.identifiers})
        press(form, "We hold nothing")
        no_errors(page)
        return
    page.goto(f"/requests/{reference}/answer/")
    fill(page, {"handling": str(ask.items[0].handling)})
    for number, item in enumerate(ask.items):
        fill_item(page, number, item, journey)
    fill(page, {"systems": ask.systems, "identifiers": ask.identifiers})
    press_submit(page)


def fill_item(page: Page, number: int, item: ItemText, journey: Journey) -> None:
    """Fill one item of an answer, with a handling of its own."""
    prefix = page.locator('textarea[name$="-0-text"]').first.get_attribute("name") or ""
    stem = prefix.removesuffix("0-text")
    if page.locator(f'[name="{stem}{number}-text"]').count() == 0:
        page.locator(f'button[name="{stem}add"]').click()
    at = f"{stem}{number}-"
    fill(
        page,
        {
            f"{at}text": item.text,
            f"{at}theme": str(item.theme),
            f"{at}handling": str(item.handling),
            f"{at}occurred_on": item.occurred_on(journey.today),
            f"{at}source": item.source,
        },
    )
    about = next((one for one in journey.case.contact.people if one.key == item.about), None)
    if about:
        fill(page, {f"{at}subject": value_of_choice(page, f"{at}subject", shown_name(about))})


def team_name(key: str) -> str:
    """Return an invented team's name."""
    return next(one.name for one in TEAMS if one.key == key)


def analyse(journey: Journey) -> None:
    """The social worker writes the analysis, picks the items it rests on and sends it to the manager."""
    text = journey.case.analysis
    assert text is not None
    page = journey.as_("saira_worker", f"/enquiries/{journey.enquiry}/analysis/")
    fill(
        page,
        {
            "family_conversation": text.conversation,
            "risks": text.risks,
            "protection": text.protection,
            "child_views": text.child_views,
            "family_views": text.family_views,
            "gaps": text.gaps,
            "summary": text.summary,
            "recommended_outcome": str(text.outcome),
            "recommendation": text.recommendation,
        },
    )
    for child in journey.case.contact.children:
        box = page.get_by_label(f"What it means for {shown_name(child)}")
        box.fill(text.meanings.get(child.key, text.summary))
    for pick in page.locator('input[type="checkbox"][name="items"]').all():
        pick.check()
    press(page, "Send to the manager")
    no_errors(page)


def decide(journey: Journey) -> None:
    """The manager opens what is confidential, agrees on the words for the door, decides and reads it back."""
    text = journey.case.decision
    assert text is not None
    if any(ask.sealed for ask in journey.case.asks):
        open_what_is_confidential(journey)
    page = journey.as_("maeve_manager", f"/enquiries/{journey.enquiry}/decide/")
    for child in text.children:
        name = shown_name(next(one for one in journey.case.contact.people if one.key == child.child))
        section = page.locator("main fieldset.hub-section", has_text=name)
        key = (section.locator('textarea[name^="reasons_"]').get_attribute("name") or "").removeprefix("reasons_")
        fill(
            section,
            {f"outcome_{key}": str(child.outcome), f"level_{key}": str(child.level), f"reasons_{key}": child.reasons},
        )
    if page.locator('[name="earlier_read"]').count():
        fill(page, {"earlier_read": True})
    fill(page, {"missing": text.missing, "sealed_considered": str(text.sealed), "sealed_reasons": text.sealed_reasons})
    if text.dissent:
        page.get_by_text("An agency would have decided otherwise").click()
        label = f"{agency_name(text.dissent_of)}: why it would have decided otherwise"
        page.get_by_label(label).fill(text.dissent)
    press(page, "Check the decision")
    no_errors(page)
    press(page, "Confirm decision")
    no_errors(page)


def agency_name(key: str) -> str:
    """Return an invented agency's name."""
    return next(one.name for one in AGENCIES if one.key == key)


def open_what_is_confidential(journey: Journey) -> Page:
    """The manager opens what is confidential, with purpose and password."""
    page = journey.as_("maeve_manager", f"/enquiries/{journey.enquiry}/sealed/")
    fill(page, {"purpose": "decision", "password": PASSWORD})
    press_submit(page)
    return page


def agree_words_for_the_door(journey: Journey, ask: AskText) -> None:
    """The manager proposes a safety instruction on the sealed item; its owner agrees the words."""
    assert ask.sealed is not None
    page = open_what_is_confidential(journey)
    page.locator("article a", has_text="Propose a safety instruction").first.click()
    fill(page, {"words": ask.sealed.proposed})
    press_submit(page)
    owner = journey.as_(ask.who, "/work/")
    owner.locator('a[href^="/instructions/I-"]').first.click()
    form = owner.locator("main form", has=owner.locator('[name="words"]'))
    fill(form, {"words": ask.sealed.agreed})
    form.locator("button[type=submit]").first.click()
    no_errors(owner)


def release(journey: Journey) -> None:
    """The social worker prepares the MASH summary, the manager confirms and sends it, the team accepts it."""
    text = journey.case.release
    if text is None:
        page = journey.as_("maeve_manager", f"/enquiries/{journey.enquiry}/release/")
        press(page, "Close the MASH enquiry")
        no_errors(page)
        return
    summary, children = prepare(journey, text)
    page = journey.as_("maeve_manager", f"/summaries/{summary}/")
    preview = children_on(page)
    form = page.locator(f'form[action="/summaries/{summary}/release/"]')
    fill(form, {"door_question": "yes" if text.somebody_must_know else "no"})
    for one in form.locator('input[name="agreed"]').all():
        one.check()
    press(form, f"Release to {team_name(text.team)}")
    no_errors(page)
    page = journey.as_(text.who, "/inbox/")
    page.locator(f'a[href="/summaries/{summary}/"]').first.click()
    assert children
    assert children_on(page) == preview
    assert sorted(card.split(",")[0] for card in preview) == sorted(children)
    press(page, "Accept")
    no_errors(page)


def prepare(journey: Journey, text: ReleaseText) -> tuple[str, list[str]]:
    """The social worker prepares the summary; its reference comes back with the names of the children in it."""
    page = journey.as_("saira_worker", f"/enquiries/{journey.enquiry}/release/")
    going = page.locator('select[name^="team_"]')
    labels = page.locator("label", has=page.locator("xpath=self::*[starts-with(@for, 'id_team_')]")).all_inner_texts()
    for select in going.all():
        select.select_option(label=team_name(text.team))
    press(page, "Draft a MASH summary for each team")
    no_errors(page)
    fill(
        page,
        {"covering_text": text.covering, "family_told": str(text.told)},
    )
    for one in page.locator('input[type="checkbox"][name="items"]').all():
        one.check()
    press(page, "Send to the manager")
    no_errors(page)
    return page.url.split("/")[-2], [label.split(":")[0] for label in labels]


def children_on(page: Page) -> list[str]:
    """Return what a page of a MASH summary says of each child."""
    return page.locator('section[aria-labelledby^="summary-child-"]').all_inner_texts()


def tell_referrer(journey: Journey) -> str:
    """The front door tells the referrer, and returns how."""
    text = journey.case.feedback
    assert text is not None
    page = journey.as_("fiona_front", "/feedback/")
    page.locator(f'a[href="/contacts/{journey.contact}/feedback/"]').first.click()
    fill(
        page,
        {
            "state": str(text.state),
            "whom_to_ring": text.whom_to_ring,
            "meanwhile": text.meanwhile,
            "reason": text.reason,
        },
    )
    press(page, "Record it")
    no_errors(page)
    return str(text.state)
