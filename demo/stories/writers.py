"""Who tells the hub of a worry: the same people of the same services each time, and neighbours and relatives."""

from __future__ import annotations

from contacts.choices import ReferrerKind, SafeWay
from demo.shapes import ReferrerText
from demo.stories import names

SCHOOL_POSTS = ("Designated safeguarding lead", "Pastoral lead", "Head teacher", "Deputy head", "Head of year")
POSTS = (
    *((school, post) for school in (*names.PRIMARY_SCHOOLS, *names.SECONDARY_SCHOOLS) for post in SCHOOL_POSTS),
    ("Wendshire Police", "Response officer"),
    ("Wendshire Police", "Offender manager"),
    ("Wendshire Police", "Missing persons officer"),
    ("Quayside Children's Centre", "Family worker"),
    ("Quayside Children's Centre", "Outreach worker"),
    ("Aldermere Community Health and Midwifery", "Midwife"),
    ("Aldermere Community Health and Midwifery", "Health visitor"),
    ("Aldermere Community Health and Midwifery", "School nurse"),
    ("Aldermere Swimming Club", "Welfare officer"),
    ("Riverside Medical Centre", "Practice nurse"),
    ("Station Road Surgery", "Family doctor"),
    ("Wendshire General Hospital", "Nurse in the emergency department"),
    ("Wendshire General Hospital", "Paediatric diabetes nurse"),
    ("Wendshire General Hospital", "Liaison nurse"),
    ("Aldermere Housing", "Housing officer"),
    ("Wendshire Ambulance Service", "Paramedic"),
    ("Wendshire Mental Health Trust", "Crisis team nurse"),
    ("Harbour Families Together", "Volunteer coordinator"),
)
"""Every post from which somebody writes; each is held by one person."""

FIRST = (
    "Alison", "Bernard", "Chitra", "Denise", "Edwin", "Florence", "Graham", "Helen", "Isobel", "Jeremy", "Kavita",
    "Lionel", "Moira", "Nuala", "Oswald", "Pamela", "Quentin", "Rosalind", "Sunil", "Theresa", "Una", "Victor",
    "Wendy",
)  # fmt: skip
LAST = (
    "Birch", "Coyle", "Nair", "Fallow", "Marr", "Abbot", "Pike", "Sayers", "Tuck", "Wills", "Shah", "Frith", "Kemp",
    "Byrne", "Stead", "Cross", "Hale", "Dey", "Verma", "Noon", "Larch", "Mould", "Penn", "Rook", "Stott", "Thorn",
    "Wray", "Yates", "Ambler", "Bream", "Corder", "Dunn", "Eaves",
)  # fmt: skip
WORDS_OF_A_MAILBOX = 2


def professional(kind: ReferrerKind, organisation: str, post: str, number: int) -> ReferrerText:
    """Return who holds a post, and how they are reached."""
    place = POSTS.index((organisation, post))
    name = _name(place)
    words = [word.strip("'").replace("'s", "s") for word in organisation.lower().replace(".", "").split()]
    mailbox = f"{name.lower().replace(' ', '.')}@{'-'.join(words[:WORDS_OF_A_MAILBOX])}.invalid"
    return ReferrerText(
        kind,
        name=name,
        organisation=organisation,
        post=post,
        email=mailbox,
        telephone=f"01632 9605{place:02d}",
        safe_by=(SafeWay.TELEPHONE, SafeWay.EMAIL),
        own_reference=f"REF-{200 + number}" if number % 3 == 0 else "",
    )


def private(kind: ReferrerKind, number: int, name: str = "") -> ReferrerText:
    """Return a neighbour or a relative; without a name one is made."""
    name = name or _name(len(POSTS) + number)
    mail = f"{name.lower().replace(' ', '.')}@mail.invalid" if number % 2 else ""
    ways = (SafeWay.TELEPHONE, SafeWay.EMAIL) if mail else (SafeWay.TELEPHONE,)
    telephone = f"07700 9003{number % 100:02d}"
    return ReferrerText(kind, name=name, email=mail, telephone=telephone, safe_by=ways, safe_ways="Any time.")


def _name(place: int) -> str:
    """Return a name of its own for each place: both lists are gone through, and their lengths have no divisor."""
    return f"{FIRST[place % len(FIRST)]} {LAST[place % len(LAST)]}"
