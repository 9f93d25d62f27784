"""Families by where they come from: surnames, first names of two generations, ethnicity and language belong together.

All invented; a likeness is chance.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Community:
    """Names that are given together.

    Attributes:
        language: spoken at home beside English; empty where it is English alone.
    """

    surnames: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    ethnicities: tuple[str, ...]
    language: str = ""

    @property
    def given(self) -> frozenset[str]:
        """All first names, of both generations."""
        return frozenset((*self.girls, *self.boys, *self.women, *self.men))


BRITISH = Community(
    surnames=(
        "Aldridge", "Cartwright", "Dunmore", "Eccles", "Farrow", "Gallimore", "Ingleby", "Jarvis", "Lathbury",
        "Nettleton", "Pemberton", "Quarmby", "Ridgeway", "Thirlby", "Underwood", "Varley", "Wainwright", "Ashdown",
        "Crowther", "Everard", "Fennimore", "Garside", "Hollins", "Jessop", "Kettering", "Lovelock", "Murgatroyd",
        "Osgood", "Pickering", "Stannard", "Tolley", "Vickers", "Whitlam", "Birtwhistle", "Dacre", "Elphick",
        "Fairburn", "Grimshaw", "Holroyd", "Jolley", "Kirkby", "Loxley", "Merrick", "Oldroyd", "Prentice",
        "Ramsbottom", "Swindlehurst", "Tregear", "Uttley", "Vance", "Winstanley", "Yarrow", "Ackroyd", "Bracewell",
        "Copperwheat", "Drinkwater", "Entwistle", "Firth", "Goodall", "Heseltine", "Illingworth", "Jagger", "Kellett",
    ),
    girls=(
        "Amelia", "Poppy", "Grace", "Ellie", "Chloe", "Freya", "Isla", "Jasmine", "Naomi", "Rosie", "Tilly", "Bethan",
        "Daisy", "Esme", "Ivy", "Matilda", "Phoebe", "Lola", "Imogen", "Evie", "Scarlett", "Willow", "Georgia", "Nancy",
    ),
    boys=(
        "Mason", "Noah", "Theo", "Oscar", "Rhys", "Samuel", "Dylan", "Elijah", "Finn", "George", "Isaac", "Joshua",
        "Leon", "Nathan", "Oliver", "Reuben", "Tyler", "William", "Zack", "Archie", "Alfie", "Toby", "Harvey", "Jude",
    ),
    women=(
        "Joanne", "Michelle", "Laura", "Gemma", "Rebecca", "Tracey", "Emma", "Lucy", "Donna", "Stacey", "Holly-Ann",
        "Louise", "Vanessa", "Abigail", "Catrin", "Teresa", "Ottilie", "Bronwen", "Natasha", "Kirsty", "Hayley",
        "Leanne", "Nicola", "Samantha",
    ),
    men=(
        "Darren", "Lee", "Paul", "Wayne", "Stephen", "Neil", "Shane", "Jason", "Robert", "Callum", "Ewan", "Francis",
        "Gary", "Keith", "Nigel", "Owen", "Ross", "Carl", "Dean", "Glen", "Stuart", "Craig", "Adrian", "Simon",
    ),
    ethnicities=("White British",),
)  # fmt: skip
IRISH = Community(
    surnames=("Devlin", "Brannigan", "Tierney", "Mulcahy"),
    girls=("Niamh", "Orla", "Roisin", "Aoife", "Caoimhe"),
    boys=("Kian", "Declan", "Cormac", "Fergal", "Oisin"),
    women=("Siobhan", "Maura", "Deirdre", "Grainne"),
    men=("Liam", "Brendan", "Padraig", "Eamon"),
    ethnicities=("White Irish",),
)
POLISH = Community(
    surnames=("Kowalczyk", "Nowak", "Wojcik", "Duda"),
    girls=("Maja", "Alicja", "Zuzanna", "Lena", "Gabriela"),
    boys=("Kacper", "Patryk", "Filip", "Szymon", "Stefan"),
    women=("Katarzyna", "Agnieszka", "Malgorzata", "Beata"),
    men=("Tomasz", "Piotr", "Andrzej", "Marcin"),
    ethnicities=("White other",),
    language="Polish",
)
PAKISTANI = Community(
    surnames=("Hussain", "Chaudhry", "Iqbal", "Mirza", "Qureshi"),
    girls=("Aisha", "Zara", "Hafsa", "Fatima", "Safiya"),
    boys=("Ibrahim", "Hamza", "Usman", "Yusuf", "Bilal"),
    women=("Sadia", "Nadia", "Rukhsana", "Shazia", "Bushra"),
    men=("Imran", "Ahmed", "Hassan", "Tariq", "Nadeem"),
    ethnicities=("Pakistani",),
    language="Urdu",
)
BANGLADESHI = Community(
    surnames=("Uddin", "Rahman", "Ismail", "Miah"),
    girls=("Leila", "Yasmin", "Tahmina", "Sumaya"),
    boys=("Mohammed", "Zakir", "Rafi", "Tanvir"),
    women=("Farida", "Shirin", "Nasima", "Rowshan"),
    men=("Mustafa", "Shafiq", "Kamal", "Anwar"),
    ethnicities=("Bangladeshi",),
    language="Bengali",
)
INDIAN = Community(
    surnames=("Banerjee", "Gill", "Solanki", "Nayar"),
    girls=("Priya", "Anjali", "Kavya", "Simran"),
    boys=("Vihaan", "Arjun", "Rohan", "Kiran"),
    women=("Meena", "Sunita", "Jaspreet", "Lakshmi"),
    men=("Rajesh", "Harjit", "Vikram", "Sanjay"),
    ethnicities=("Indian",),
)
WEST_AFRICAN = Community(
    surnames=("Okafor", "Yeboah", "Abara", "Nkemelu", "Asante"),
    girls=("Kezia", "Chidera", "Abena", "Esther", "Temi"),
    boys=("Kofi", "Emeka", "Kwabena", "Daniel", "Tobi"),
    women=("Comfort", "Ngozi", "Patience", "Akosua", "Blessing"),
    men=("Kwame", "Chike", "Emmanuel", "Yaw", "Festus"),
    ethnicities=("Black African",),
)
CARIBBEAN = Community(
    surnames=("Gayle", "Mbeki-Shaw", "Desmond", "Pinnock"),
    girls=("Shanelle", "Tiana", "Renee", "Kyra"),
    boys=("Malachi", "Tyrell", "Jordan", "Micah"),
    women=("Shanice", "Marcia", "Simone", "Yvonne"),
    men=("Delroy", "Marlon", "Jerome", "Winston"),
    ethnicities=("Black Caribbean",),
)
COMMUNITIES = (BRITISH, IRISH, POLISH, PAKISTANI, BANGLADESHI, INDIAN, WEST_AFRICAN, CARIBBEAN)
COMMUNITY_OF = {surname: community for community in COMMUNITIES for surname in community.surnames}
GIVEN = frozenset(name for community in COMMUNITIES for name in community.given)


def _mixed() -> tuple[str, ...]:
    """Return all surnames, the others strewn among the British ones."""
    others = [name for place in range(5) for one in COMMUNITIES[1:] for name in one.surnames[place : place + 1]]
    british = list(BRITISH.surnames)
    mixed: list[str] = []
    while british or others:
        mixed += british[:2] + others[:1]
        british, others = british[2:], others[1:]
    return tuple(mixed)


SURNAMES = _mixed()


def fits(given: str, surname: str) -> bool:
    """Say whether a first name is given in the community of a surname."""
    return given in COMMUNITY_OF[surname].given
