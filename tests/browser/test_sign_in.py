"""Signing in, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_a_person_with_one_membership_reaches_their_work(sign_in: Callable[..., Page]) -> None:
    page = sign_in("maeve_manager")
    expect(page.get_by_role("banner").get_by_text("Maeve Connolly", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_person_with_two_memberships_chooses_one(sign_in: Callable[..., Page]) -> None:
    page = sign_in("school_researcher")
    expect(page).to_have_url(re.compile("/membership/choose/$"))


def test_a_wrong_password_is_one_sentence(open_page: Callable[..., Page]) -> None:
    page = open_page("/account/login/")
    page.get_by_label("Email").fill("maeve.manager@demo.invalid")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
