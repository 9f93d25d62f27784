"""The corpora are what they claim to be, and nobody has changed them silently."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from tests.corpora.reading import (
    HERE,
    Address,
    Case,
    Clean,
    Document,
    Fact,
    Insertion,
    Mistake,
    Name,
    Outgoing,
    Reference,
    Telephone,
    documents,
    facts,
    read,
)

NAMES = read("names.jsonl", Name)
MISTAKES = read("name_errors.jsonl", Mistake)
ADDRESSES = read("addresses.jsonl", Address)
TELEPHONES = read("telephones.jsonl", Telephone)
REFERENCES = read("references.jsonl", Reference)
CASES = read("leaks/cases.jsonl", Case)
INSERTIONS = read("leaks/insertions.jsonl", Insertion)
CLEAN = read("leaks/clean.jsonl", Clean)
FACTS = facts(CASES)
DOCUMENTS = documents(CASES)
OUTGOING: list[Outgoing] = [*INSERTIONS, *CLEAN]

DRAMA = re.compile(
    r"(\+44|0)(7700900\d{3}|1632960\d{3}|1(1[3-8]|21|31|41|51|61)4960\d{3}|1914980\d{3}"
    r"|2079460\d{3}|2920180\d{3}|2896496\d{3}|3069990\d{3}|8081570\d{3})"
)
"""The numbers that the regulator keeps for drama: they ring nowhere."""

CODE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b")
HARMLESS = re.compile(r"([A-Z]{1,2}9[5-9]|G79) \d[ABD-HJLNP-UW-Z]{2}")
"""The postcodes used here: districts far above those that are given out."""

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
SPACES = re.compile("[\u00a0\u202f\u2009]")
QUOTES = re.compile("['‘`´ʼ]")


def repeated(values: Iterable[str]) -> list[str]:
    """Return those that stand there more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


def plain(text: str) -> str:
    """Return small letters and digits without marks: a coarse form for these checks, not the product's."""
    apart = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\W_]", "", "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold())


def digits(text: str) -> str:
    """Return the digits of a number, with the letter O read as nought and the country left out."""
    kept = re.sub(r"\D", "", re.sub(r"(?<=[\doO])[oO]|[oO](?=[\doO])", "0", text))
    return re.sub(r"^(0044|44)0?", "0", kept)


def test_nothing_has_changed_silently() -> None:
    """A correction changes `CHECKSUMS` too, and stands with its date in the README."""
    lines = (HERE / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    listed = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    found = {
        str(path.relative_to(HERE)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(HERE.rglob("*.jsonl"))
    }
    assert found == listed


def test_there_are_as_many_as_was_promised() -> None:
    assert len(NAMES) == 400
    assert len(MISTAKES) == 464
    assert len(ADDRESSES) == 200
    assert len(TELEPHONES) == 100
    assert Counter(line["same"] for line in REFERENCES) == {True: 60, False: 20}
    assert (len(CASES), len(INSERTIONS), len(CLEAN)) == (40, 500, 500)


def test_no_id_stands_twice() -> None:
    for lines in (NAMES, MISTAKES, ADDRESSES, TELEPHONES, REFERENCES, CASES, OUTGOING):
        assert repeated(line["id"] for line in lines) == []
    assert repeated(fact["id"] for case in CASES for fact in case["facts"]) == []
    assert repeated(document["id"] for case in CASES for document in case["documents"]) == []


def test_names_are_of_many_languages() -> None:
    assert len({name["language"] for name in NAMES}) == 151
    letters = {sign for name in NAMES for sign in name["written"]}
    assert set("łøđıæðþßœŋħŧĸŁØĐÆÞŒŊƒɔɛəʋ’‘ʼʻ‑–") - letters == set()
    assert repeated(name["written"] for name in NAMES) == []


def test_a_stranger_is_never_the_same_name() -> None:
    for name in NAMES:
        typed = {" ".join(way.split()).casefold() for way in (name["written"], *name["keyboard"])}
        strangers = {" ".join(way.split()).casefold() for way in name["strangers"]}
        assert typed & strangers == set(), name["id"]
        assert (len(name["keyboard"]) in range(1, 5), len(strangers) in range(1, 3)) == (True, True), name["id"]


def test_mistakes_are_mistakes_and_of_every_kind() -> None:
    assert [line["id"] for line in MISTAKES if line["right"] == line["typed"]] == []
    assert repeated(f"{line['right']} > {line['typed']}" for line in MISTAKES) == []
    asked = {"transposition", "omitted letter", "doubled letter", "phonetic", "nickname", "vowel misheard"}
    assert asked - {line["kind"] for line in MISTAKES} == set()


def test_an_address_has_other_typings_and_strangers() -> None:
    assert repeated(line["address"] for line in ADDRESSES) == []
    for line in ADDRESSES:
        assert (len(line["same"]) in range(2, 5), len(line["strangers"]) in range(1, 3)) == (True, True), line["id"]
        assert {line["address"], *line["same"]} & set(line["strangers"]) == set(), line["id"]


def test_typings_of_a_number_hold_its_digits() -> None:
    for line in TELEPHONES:
        number = "0" + line["telephone"].removeprefix("+44")
        assert {digits(way) for way in line["typed"]} == {number}, line["id"]
        assert number not in {digits(way) for way in line["strangers"]}, line["id"]


def test_typed_references_hold_the_signs_or_do_not() -> None:
    for line in REFERENCES:
        typed, right = plain(line["typed"]), plain(line["reference"])
        assert (typed.endswith(right) and len(line["typed"]) < 30, line["id"]) == (line["same"], line["id"])


def test_nobody_is_reached_by_what_stands_here() -> None:
    numbers = [line["telephone"] for line in TELEPHONES]
    numbers += [fact["text"] for fact in FACTS.values() if fact["kind"] == "telephone"]
    assert [number for number in numbers if not DRAMA.fullmatch(number.replace(" ", ""))] == []
    ends = re.compile(r"@(example\.(org|net|com)|[a-z]+\.example)$")
    mails = [fact["text"] for fact in FACTS.values() if fact["kind"] == "email"]
    assert [mail for mail in mails if not ends.search(mail)] == []
    places = [fact["text"] for fact in FACTS.values() if fact["kind"] == "address"]
    places += [way for line in ADDRESSES for way in (line["address"], *line["strangers"])]
    codes = [code for place in places for code in CODE.findall(place)]
    assert [code for code in codes if not HARMLESS.fullmatch(code)] == []


def test_every_document_names_facts_of_its_own_case() -> None:
    for case in CASES:
        held = {fact["id"] for fact in case["facts"]}
        for document in case["documents"]:
            forbidden, permitted = set(document["forbidden"]), set(document["permitted"])
            assert forbidden | permitted <= held, document["id"]
            assert forbidden & permitted == set(), document["id"]


def document_of(text: Outgoing) -> Document:
    """Return the document that a text is, after asking that case, kind and recipient agree."""
    document = DOCUMENTS[text["document"]]
    named = (document["id"].split(".")[0], document["document"], document["recipient"]["role"])
    assert named == (text["case"], text["kind"], text["recipient"]), text["id"]
    return document


def test_an_inserted_fact_is_forbidden_and_stands_in_the_text() -> None:
    for line in INSERTIONS:
        assert line["fact"] in document_of(line)["forbidden"], line["id"]
        assert line["text"].count(line["inserted"]) > 0, line["id"]


def same(fact: Fact, said: str) -> bool:
    """Say whether the letters and digits of the whole fact were said."""
    return plain(said) == plain(fact["text"])


def number(fact: Fact, said: str) -> bool:
    """Say whether all digits of a telephone number were said."""
    return digits(said) == digits(fact["text"])


def surname(fact: Fact, said: str) -> bool:
    """Say whether what was said ends in the family name."""
    return said.endswith(fact["family"])


def place(fact: Fact, said: str) -> bool:
    """Say whether a part of an address was said, without its postcode, and not as it is kept."""
    return fact["text"].split(", ")[-1] not in said and f"{said}, " not in fact["text"]


def house(fact: Fact, said: str) -> bool:
    """Say whether an address was said without its postcode."""
    return fact["text"].split(", ")[-1] not in said and said.split(", ", maxsplit=1)[0] in fact["text"]


CARRIES: dict[str, Callable[[Fact, str], bool]] = {
    "whole string": lambda fact, said: said == fact["text"],
    "title and surname": lambda fact, said: surname(fact, said) and said.startswith(("M", "Dr", "PC")),
    "without accents": lambda fact, said: said != fact["text"] and said.replace("’", "").isascii(),
    "initials and surname": surname,
    "nickname and surname": lambda fact, said: said == f"{fact['known_as']} {fact['family']}",
    "surname first": lambda fact, said: said.casefold().startswith(fact["family"].casefold()),
    "telephone with +44": lambda fact, said: number(fact, said) and said.startswith(("+44", "0044")),
    "telephone spaced otherwise": lambda fact, said: number(fact, said) and said != fact["text"],
    "telephone with brackets": lambda fact, said: number(fact, said) and "(" in said,
    "telephone with dots": lambda fact, said: number(fact, said) and "." in said,
    "telephone with letter O": lambda fact, said: number(fact, said) and bool(re.search("[oO]", said)),
    "last six digits": lambda fact, said: digits(said) == digits(fact["text"])[-6:],
    "address without postcode": house,
    "postcode alone": lambda fact, said: plain(said) == plain(fact["text"].split(", ")[-1]),
    "named house alone": lambda fact, said: plain(said) in plain(fact["text"]) and not re.search(r"\d", said),
    "flat turned round": place,
    "street abbreviated": place,
    "street misspelt": place,
    "school by its short name": lambda fact, said: (
        said == fact["short"] and set(said.split()) <= set(fact["text"].split())
    ),
    "sentence whole": lambda fact, said: said == fact["text"],
    "sentence with one or two words changed": lambda fact, said: 0 < words_apart(fact["text"], said) <= 2,
    "sentence split over lines": lambda fact, said: same(fact, said) and "\n" in said,
    "e-mail address": lambda fact, said: said.strip("<>").casefold() == fact["text"],
    "e-mail with (at)": lambda fact, said: said != fact["text"] and "example" in said,
    "reference without hyphens": lambda fact, said: same(fact, said) and "-" not in said,
    "capitals": lambda fact, said: said == said.upper(),
    "other quotation marks": lambda fact, said: "’" in fact["text"] and bool(QUOTES.search(said)),
    "soft hyphens inside": lambda fact, said: same(fact, said) and "\u00ad" in said,
    "zero-width signs inside": lambda fact, said: same(fact, said) and bool(INVISIBLE.search(said)),
    "non-breaking spaces inside": lambda fact, said: same(fact, said) and bool(SPACES.search(said)),
}
"""For each form, whether what was inserted is that form of the fact."""


def words_apart(one: str, other: str) -> int:
    """Count the words that must be put in, left out or replaced to come from one sentence to the other."""
    left, right = one.split(), other.split()
    row = list(range(len(right) + 1))
    for place, word in enumerate(left, 1):
        before, row[0] = row[0], place
        for column, against in enumerate(right, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (word != against))
    return row[-1]


def test_what_was_inserted_has_the_form_that_it_says() -> None:
    assert [line["id"] for line in INSERTIONS if not CARRIES[line["form"]](FACTS[line["fact"]], line["inserted"])] == []


def test_forms_and_documents_are_balanced() -> None:
    forms = Counter(line["form"] for line in INSERTIONS)
    assert (set(forms), set(forms.values())) == (set(CARRIES), {16, 17})
    for texts in (INSERTIONS, CLEAN):
        kinds = Counter(line["kind"] for line in texts)
        assert set(kinds) == {document["document"] for document in DOCUMENTS.values()}
        assert min(kinds.values()) >= 60


def test_no_text_stands_twice() -> None:
    assert repeated(" ".join(line["text"].split()) for line in OUTGOING) == []


def test_texts_are_as_long_as_such_texts_are() -> None:
    lengths = {line["id"]: len(line["text"].split()) for line in OUTGOING if line["kind"] != "mail"}
    assert {text: words for text, words in lengths.items() if not 60 <= words <= 300} == {}


def stands_in(fact: Fact, text: str) -> bool:
    """Say whether a fact stands in a text as it is kept, or a person by title and surname."""
    said = plain(text)
    if fact["kind"] == "telephone" and digits(fact["text"])[-6:] in re.sub(r"\D", "", text):
        return True
    if fact["kind"] == "address" and plain(fact["text"].rsplit(", ", 1)[1]) in said:
        return True
    if fact["kind"] == "name" and f"{fact.get('title')} {fact['family']}" in text:
        return True
    return plain(fact["text"]) in said


@pytest.mark.parametrize("texts", [CLEAN, INSERTIONS], ids=["clean", "insertions"])
def test_nothing_else_that_is_forbidden_stands_in_a_text(texts: list[Insertion] | list[Clean]) -> None:
    """A clean text holds nothing of it, one with an insertion holds the insertion alone."""
    found: list[tuple[str, str]] = []
    for line in texts:
        text = line["text"].replace(str(line.get("inserted", "\0")), "…")
        found += [(line["id"], one) for one in document_of(line)["forbidden"] if stands_in(FACTS[one], text)]
    assert found == []


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every five words in a row."""
    words = re.findall(r"[\w’']+", text.casefold())
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


def test_clean_texts_share_no_five_words_with_a_hidden_sentence() -> None:
    hidden = {fact["id"]: runs(fact["text"]) for fact in FACTS.values() if fact["kind"] == "sentence"}
    found = [(line["id"], one) for line in CLEAN for one in document_of(line)["forbidden"] if one in hidden]
    texts = {line["id"]: runs(line["text"]) for line in CLEAN}
    assert [(text, one) for text, one in found if texts[text] & hidden[one]] == []
