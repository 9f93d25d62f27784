"""One person for each column of the base matrix, and how each meets each address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie

from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from agencies.access.firewall import rule_for
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_of
from agencies.access.viewer import Viewer
from agencies.models import Absence, Agency, Duty, Membership, User
from decisions.models import CorrectionNotice
from demo.people import DOMAIN
from tests.architecture.addresses import UUID, Route
from tests.architecture.planting import KINDS, World, address_of
from tests.sending import Browser

PEOPLE = {
    "front_door": "fiona.front",
    "screener": "sunita.screener",
    "panel": "piotr.panel",
    "manager": "maeve.manager",
    "social_worker": "saira.worker",
    "researcher": "police.researcher",
    "lead": "police.lead",
    "receiving_worker": "asha.assessment",
    "out_of_hours": "omar.nights",
    "reviewer": "rhona.reviewer",
    "auditor": "audrey.auditor",
    "administrator": "anton.admin",
}
OWN = 4
"""How many of the records that a person may see are tried first: of different states, as far as there are."""

FITTING = 3

MODELS = {model._meta.db_table: model for model in apps.get_models()}


@dataclass(frozen=True)
class Visitor:
    """Somebody at a browser."""

    client: Client
    viewer: Viewer | None

    @cached_property
    def cookies(self) -> dict[str, str]:
        """The browser's cookies as they were on the way in."""
        return {name: morsel.value for name, morsel in self.client.cookies.items()}


def visitor(name: str) -> Visitor:
    """Sign in one of the people or one of the strangers; `public` is nobody."""
    if name == "public":
        return Visitor(Browser(), None)
    email = f"{PEOPLE[name]}@{DOMAIN}" if name in PEOPLE else address_of(name)
    user = User.objects.get(email=email)
    client = Browser(raise_request_exception=True)
    client.force_login(user)
    member = Membership.objects.filter(user=user).select_related("user", "agency", "team").order_by("starts_on").first()
    if member is None:
        return Visitor(client, None)
    session = client.session
    session["membership"] = str(member.pk)
    session.save()
    client.typed_by()  # No form that is sent later asks for the session again.
    return Visitor(client, viewer_of(member))


def addresses(route: Route, world: World, viewer: Viewer | None) -> list[str]:
    """Return the addresses of a route to try: of some records in every state, and of some that the viewer may see."""
    if "reference" not in route.arguments:
        return [reverse(route.name, kwargs=one) for one in _without_reference(route)]
    table = KINDS[route.first_part]
    found = [*_fitting(route, world), *_own(table, viewer), *world.references[table]]
    return [
        reverse(route.name, kwargs={"reference": reference, **further})
        for reference in dict.fromkeys(found)
        for further in _further(route, world, reference)
    ]


def _fitting(route: Route, world: World) -> list[str]:
    """Return records that have what the address is about, where not every one has."""
    needed = {
        "contacts:undo_link": world.linked,
        "contacts:earlier": world.earlier,
        "decisions:complaint_answer": world.complaints,
    }
    return sorted(needed.get(route.name, {}))[:FITTING]


def _own(table: str, viewer: Viewer | None) -> list[str]:
    if viewer is None:
        return []
    model = MODELS[table]
    with acting_as(viewer):
        state = "kind" if model is CorrectionNotice else "state"
        rows = model._default_manager.filter(rule_for(model)(viewer)).order_by(state, "pk")
        references = list(rows.values_list(state, "reference"))
    by_state = dict(references)
    return list(dict.fromkeys([*by_state.values(), *(reference for _, reference in references)]))[:OWN]


def _without_reference(route: Route) -> Iterator[dict[str, object]]:
    if "account" in route.arguments:
        yield {"account": User.objects.get(email=f"{PEOPLE['auditor']}@{DOMAIN}").pk}
    elif "membership" in route.arguments:
        yield {"membership": Membership.objects.get(user__email=f"{PEOPLE['auditor']}@{DOMAIN}").pk}
    elif "agency" in route.arguments:
        yield {"agency": Agency.objects.filter(kind="housing").order_by("name")[0].pk}
    elif "absence" in route.arguments:
        yield {"absence": Absence.objects.order_by("starts_on")[0].pk}
    elif "duty" in route.arguments:
        yield {"duty": Duty.objects.filter(ended_at__isnull=True).order_by("pk")[0].pk}
    else:
        yield route.sample()


def _further(route: Route, world: World, reference: str) -> list[dict[str, object]]:
    """Return the arguments besides the reference: such as belong to this very record, else one that names nothing."""
    if "item" in route.arguments:
        return [{"item": one} for one in world.items.get(reference, [UUID])[:3]]
    if "review" in route.arguments:
        return [{"review": UUID}]
    if "complaint" in route.arguments:
        return [{"complaint": one} for one in world.complaints.get(reference, ["K-2222-2222"])[:2]]
    if "earlier" in route.arguments:
        return [{"earlier": one} for one in world.earlier.get(reference, ["C-2222-2222"])[:2]]
    return [{"position": 1}] if "position" in route.arguments else [{}]


def visit(one: Visitor, method: str, path: str) -> HttpResponse:
    """Send one request, and undo whatever it did, also to the browser: one of the addresses signs out."""
    kept = dict(one.cookies)
    with transaction.atomic():
        response: HttpResponse = getattr(one.client, method)(path, {"version": "1"} if method == "post" else None)
        transaction.set_rollback(True)
    one.client.cookies = SimpleCookie(kept)
    return response
