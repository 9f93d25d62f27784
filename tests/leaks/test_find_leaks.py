"""What a text gives away, in which form, and where; and what is none of it."""

from __future__ import annotations

import pytest

from common.leaks import Kind, Secret, excerpt, find_leaks

NORA = Secret(Kind.NAME, "Mrs Nóra Szűcs-Penhale", ("Norrie",))
HOME = Secret(Kind.ADDRESS, "Flat 2, 14 Saint Mary's Road, Aldermere, AB1 2CD")
HOUSE = Secret(Kind.ADDRESS, "Larkspur House, Beacon Lane, Fenby")
PHONE = Secret(Kind.TELEPHONE, "07700 900313")
MAIL = Secret(Kind.EMAIL, "np.seaglass@post.example")
SCHOOL = Secret(Kind.PLACE, "St Hild’s Catholic Primary School")
REFERENCE = Secret(Kind.REFERENCE, "M-7KQ4-M2XD")
SAID = Secret(
    Kind.TEXT,
    "I saw him lock her out on the balcony. He counts the nappies so that he knows if I have gone to the shop.",
)
NEAR = Secret(Kind.ADDRESS, "3 Near Street, Aldermere")
ALL = (NEAR, NORA, HOME, HOUSE, PHONE, MAIL, SCHOOL, REFERENCE, SAID)


def forms(text: str, *permitted: Secret) -> list[tuple[str, str]]:
    return [(one.form, text[one.start : one.end]) for one in find_leaks(text, ALL, permitted)]


@pytest.mark.parametrize(
    ("text", "form", "said"),
    [
        ("We heard it from Nóra Szűcs-Penhale.", "whole name", "Nóra Szűcs-Penhale"),
        ("we heard it from nora szucs penhale", "whole name", "nora szucs penhale"),
        ("PENHALE, Nora rang", "first name and surname", "PENHALE, Nora"),
        ("It was Norrie Penhale.", "first name and surname", "Norrie Penhale"),
        ("It was Norah Penhale.", "first name and surname", "Norah Penhale"),
        ("Mrs. Penhale says so.", "title and surname", "Mrs. Penhale"),
        ("N. S. Penhale", "initials and surname", "N. S. Penhale"),
        ("Ask the Penhales.", "one name alone", "Penhales"),
        ("Mrs Szucs says so.", "title and surname", "Mrs Szucs"),
        ("N. Szűcs", "initials and surname", "N. Szűcs"),
        ("It was Norrie Szűcs.", "first name and surname", "Norrie Szűcs"),
        ("It was Norah Szucks.", "name by ear", "Norah Szucks"),
        ("Ask the Szűcs’s girl.", "one name alone", "Szűcs’s"),
        ("Ask Penhale’s sister.", "one name alone", "Penhale’s"),
        ("It was Norah Penhail.", "name by ear", "Norah Penhail"),
        (
            "N\u00f3\u00adra S\u200bz\u0171cs\u00a0Penhale",
            "whole name",
            "N\u00f3\u00adra S\u200bz\u0171cs\u00a0Penhale",
        ),
        ("at 14 St Marys Rd", "house and street", "14 St Marys Rd"),
        ("at 3 near st.", "house and street", "3 near st"),
        ("at 14 st. mary’s road, flat 2", "house and street", "14 st. mary’s road"),
        ("in St Mary's Road, number 14", "house and street", "St Mary's Road, number 14"),
        ("at 14 St Marrys Road", "misspelt street", "14 St Marrys Road"),
        ("off St Mary's Road.", "street", "St Mary's Road"),
        ("a house in ab12cd", "postcode", "ab12cd"),
        ("She is at Larkspur House now.", "name of the house", "Larkspur House"),
        ("she is at larkspur house now", "name of the house", "larkspur house"),
        ("She is at Larkspur now.", "name of the house", "Larkspur"),
        ("She is at the Larkspur Refuge.", "name of the house", "Larkspur Refuge"),
        ("off beacon lane", "street", "beacon lane"),
        ("the roll of st hilds primary", "short name", "st hilds"),
        ("ring +44 (0)7700-900 313", "telephone number", "+44 (0)7700-900 313"),
        ("ring O77OO 9OO313", "telephone number", "O77OO 9OO313"),
        ("it ends in 900313.", "end of a telephone number", "900313"),
        ("NP.Seaglass (at) post (dot) example", "email address", "NP.Seaglass (at) post (dot) example"),
        ("write to np.seaglass at the usual host", "mailbox", "np.seaglass"),
        ("the roll of St. Hilds", "short name", "St. Hilds"),
        ("see m7kq4 m2xd", "reference", "m7kq4 m2xd"),
        (
            "Is it true he counts the nappies so that he knows if",
            "sentence",
            "he counts the nappies so that he knows if",
        ),
        ("I saw him locking\nher out on the balcony", "sentence", "I saw him locking\nher out on the balcony"),
    ],
)
def test_each_form_is_found_where_it_stands(text: str, form: str, said: str) -> None:
    assert forms(text) == [(form, said)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nora Haslam keeps the door of our office.",
        "Mr Haslam Szűcs Penhaligon rang.",
        "at 15 St Mary's Road",
        "the St Mary's Road Surgery",
        "AB1 2CE",
        "07700 900314 and 07700 900331",
        "St Hilda’s",
        "He knows if I have, and so does she.",
        "She knows if I have gone to the doctor.",
        "M-7KQ4-M2XE",
        "a larkspur house plant",
        "the house in the lane, near the school",
        "larkspur in the garden",
    ],
)
def test_what_only_looks_like_it_is_none(text: str) -> None:
    assert forms(text) == []


def test_what_a_permitted_thing_shares_is_none_by_itself() -> None:
    permitted = (Secret(Kind.NAME, "Perran Penhale"), Secret(Kind.ADDRESS, "9 St Mary's Road, Aldermere AB1 2CD"))
    text = "Perran Penhale of St Mary's Road, AB1 2CD: Mr Penhale, P. Penhale, the Penhale home."
    assert forms(text, *permitted) == []
    assert forms("Nora Penhale, 14 St Mary's Road", *permitted) == [
        ("first name and surname", "Nora Penhale"),
        ("house and street", "14 St Mary's Road"),
    ]


def test_whoever_may_be_named_with_a_title_is_named_with_no_other() -> None:
    permitted = Secret(Kind.NAME, "Dr Perran Penhale")
    assert forms("Dr Penhale wrote.", permitted) == []
    assert forms("Mrs Penhale wrote.", permitted) == [("title and surname", "Mrs Penhale")]


def test_what_is_permitted_may_be_repeated() -> None:
    assert forms(" ".join(one.value for one in ALL), *ALL) == []


def test_a_name_that_is_an_ordinary_word_needs_a_capital_inside_a_sentence() -> None:
    hope = [Secret(Kind.NAME, "Hope Young")]
    clean = "Young carers hope for spring. Hope is all. Young people came."
    assert find_leaks(clean, hope) == []
    assert [one.form for one in find_leaks("I spoke to Hope about it.", hope)] == ["one name alone"]


def test_months_and_colours_are_nobody() -> None:
    assert find_leaks("Since May it is Green.", [Secret(Kind.NAME, "May Green")]) == []


@pytest.mark.parametrize("vague", ["Aldermere", "Aldermere, Kent", "the flat", "near the school"])
def test_a_town_is_no_home(vague: str) -> None:
    assert find_leaks("We came to Aldermere, to the flat near the school.", [Secret(Kind.ADDRESS, vague)]) == []


def test_an_empty_secret_is_in_no_text() -> None:
    assert find_leaks("Anything: at all.", [Secret(kind, value) for kind in Kind for value in ("", " ", "-")]) == []


def test_an_excerpt_says_where() -> None:
    text = "We have been told by several people, among them Mrs Penhale, that nobody\nhas been in the house since."
    (match,) = find_leaks(text, [NORA])
    assert excerpt(text, match) == "…by several people, among them Mrs Penhale, that nobody has been in the…"
    assert excerpt("Mrs Penhale", find_leaks("Mrs Penhale", [NORA])[0]) == "Mrs Penhale"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("María García López", "Señora García: Mrs García told us"),
        ("María García López", "M. Garcia"),
        ("José María de la Cruz García", "Mr Garcia"),
        ("José María de la Cruz García", "the Garcias"),
        ("Ann Smith-Jones", "Mrs Smith"),
        ("Ann Smith–Jones", "Ms Jones"),
    ],
)
def test_each_surname_of_a_name_with_several_tells_whose_it_is(name: str, text: str) -> None:
    assert len(find_leaks(text, [Secret(Kind.NAME, name)])) == 1


@pytest.mark.parametrize("text", ["ring 07700 900313", "ring 01632 960123", "ends in 960123"])
def test_each_of_two_numbers_that_stand_in_one_box_is_looked_for(text: str) -> None:
    assert len(find_leaks(text, [Secret(Kind.TELEPHONE, "07700 900313 / 01632 960123")])) == 1
