"""What a person finds on a page of ours: its links, its forms, and what their fields offer.

The pages are our own, so their tags are read by their signs; a browser that understands everything is not needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
TAG = re.compile(r"<(/?)(form|input|textarea|select|option|button|a)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w:.-]+)(?:="([^"]*)")?')
SUMMARY = re.compile(r'class="govuk-error-summary".*?</ul>', re.DOTALL)
ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
MARKS = re.compile(r"<[^>]+>")


@dataclass
class Field:
    """One question of a form.

    Attributes:
        kind: `hidden`, `text` (one line or several), `radio`, `checkbox` or `select`.
        options: values that can be chosen, in the order of the page; a text has none.
        drawn: what stands in it when the page is opened.
        words: of a `select`, what each choice is called.
    """

    name: str
    kind: str
    options: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form of a page.

    Attributes:
        action: the address that takes it, without what follows a question mark.
        query: what follows it.
        buttons: name and value of each button that has a name.
        other_actions: addresses to which a button of its own sends it.
    """

    action: str
    query: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    other_actions: list[str] = field(default_factory=list)

    @property
    def drawn(self) -> dict[str, list[str]]:
        """What would be sent if nobody touched it."""
        return {one.name: list(one.drawn) for one in self.fields.values() if one.drawn}


@dataclass(frozen=True)
class Page:
    """An answer of the hub as a person sees it.

    Attributes:
        path: where they are, redirects followed.
        problems: what the page says is wrong with what was sent.
    """

    path: str
    status: int
    html: str

    @property
    def main(self) -> str:
        """What the page itself says, without the frame around it."""
        found = MAIN.search(self.html)
        return found[0] if found else self.html

    @property
    def problems(self) -> list[str]:
        """The sentences of the summary of errors."""
        summary = SUMMARY.search(self.html)
        return [unescape(MARKS.sub("", one)).strip() for one in ITEM.findall(summary[0])] if summary else []

    @property
    def links(self) -> list[str]:
        """Addresses that can be followed from here, each once, without fragments."""
        found = [
            attributes["href"].partition("#")[0]
            for name, closes, attributes, _end in tags(self.main)
            if name == "a" and not closes and "href" in attributes
        ]
        return [one for one in dict.fromkeys(found) if one.startswith("/")]

    @property
    def forms(self) -> list[Form]:
        """The forms of the page, in order."""
        return list(_forms(self.main, self.path))


def tags(html: str) -> Iterator[tuple[str, bool, dict[str, str], int]]:
    """Yield name, whether it closes, attributes, and where it ends, of each tag that matters here."""
    for tag in TAG.finditer(html):
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(tag[3])}
        yield tag[2], bool(tag[1]), attributes, tag.end()


def _forms(html: str, path: str) -> Iterator[Form]:
    form: Form | None = None
    select: Field | None = None
    for name, closes, said, end in tags(html):
        if name == "form":
            if closes and form is not None:
                yield form
                yield from (replace(form, action=other) for other in form.other_actions)
            form = None if closes else _begun(said, path)
        elif form is None:
            continue
        elif name == "select":
            select = None if closes else form.fields.setdefault(said.get("name", ""), Field(said["name"], "select"))
        elif name == "option" and select is not None and not closes:
            _option(select, said, html[end : html.index("<", end)])
        elif not closes:
            _question(form, name, said, html, end)


def _begun(said: dict[str, str], path: str) -> Form:
    action, _, query = (said.get("action") or path).partition("?")
    return Form(action, query, said.get("method", "get").lower())


def _option(select: Field, said: dict[str, str], words: str) -> None:
    value = said.get("value", "")
    select.options.append(value)
    select.words.append(unescape(words).strip())
    if "selected" in said and value:
        select.drawn = [value]


def _question(form: Form, tag: str, said: dict[str, str], html: str, end: int) -> None:
    name = said.get("name", "")
    if "formaction" in said:
        form.other_actions.append(said["formaction"])
    if not name:
        return
    if tag == "button":
        form.buttons.append((name, said.get("value", "")))
    elif tag == "textarea":
        text = unescape(html[end : html.index("</textarea>", end)]).removeprefix("\n")
        form.fields[name] = Field(name, "text", drawn=[text] if text else [])
    else:
        _input(form, name, said)


def _input(form: Form, name: str, said: dict[str, str]) -> None:
    kind, value = said.get("type", "text"), said.get("value", "")
    if kind in {"radio", "checkbox"}:
        one = form.fields.setdefault(name, Field(name, kind))
        one.options.append(said.get("value", "on"))
        if "checked" in said:
            one.drawn.append(said.get("value", "on"))
    else:
        kind = "hidden" if kind == "hidden" else "text"
        form.fields[name] = Field(name, kind, drawn=[value] if value or kind == "hidden" else [])
