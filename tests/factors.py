"""A device that is somebody's second factor: what it shows, step by step, while the clock stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from agencies.access import second_factor
from agencies.access.identity import acting_as
from demo.people import PASSWORD
from tests.people import Person

LOGIN, CODE, SET_UP = "/account/login/", "/account/code/", "/account/second-factor/"


@dataclass
class Device:
    """Shows the code of one step after another, beginning with the step before now; each is good for once."""

    secret: str
    at: datetime
    codes: list[str] = field(default_factory=list)
    shown: int = -2

    def code(self) -> str:
        """Return the next code."""
        self.shown += 1
        return self.code_near(self.shown)

    def code_near(self, steps: int) -> str:
        """Return the code so many steps from now."""
        return second_factor.code_at(self.secret, second_factor.step_at(self.at) + steps)

    def wrong(self) -> str:
        """Return figures that no step near now has."""
        right = {self.code_near(steps) for steps in range(-3, 4)}
        return next(figures for number in range(10) if (figures := f"{number:06}") not in right)


def device_of(who: Person, at: datetime) -> Device:
    """Give somebody a second factor, set up a while ago."""
    device = Device(second_factor.new_secret(), at, second_factor.new_codes())
    with acting_as(who.viewer):
        step = second_factor.step_at(at) - 100
        stamp = second_factor.keep_factor(who.user.pk, device.secret, step=step, codes=device.codes)
    who.user.second_factor_stamp = stamp
    return device


def key_on(page: Any) -> str:
    """Return the key that a page gives to a device."""
    shown = re.search(r'hub-square__key">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert shown
    return "".join(re.findall(r"<span>(\w+)</span>", shown[1]))


def set_up_on(client: Client, **more: str) -> Any:
    """Set up a device by the page, as whoever is signed in; the one that it shows."""
    key = key_on(client.get(SET_UP))
    code = second_factor.code_at(key, second_factor.step_at(timezone.now()))
    return client.post(SET_UP, {"one_time_password": code, **more})


def token(browser: Client, path: str) -> str:
    """Return the anti-forgery token of a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(path).content.decode())
    assert found
    return found[1]


def give_password(browser: Client, email: str, password: str = PASSWORD, **form: str) -> Any:
    """Send the form of the sign-in page."""
    said = {"login": email, "password": password, "csrfmiddlewaretoken": token(browser, LOGIN), **form}
    return browser.post(LOGIN, said)


def give_code(browser: Client, code: str) -> Any:
    """Send the form of the page that asks for the second factor."""
    return browser.post(CODE, {"one_time_password": code, "csrfmiddlewaretoken": token(browser, CODE)})


def is_in(browser: Client) -> bool:
    """Say whether somebody is signed in."""
    return bool(browser.get("/work/").status_code == 200)
