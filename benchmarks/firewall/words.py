"""Invented words for invented people: long enough that rows weigh what real ones do."""

GIVEN = (
    "Ada", "Bela", "Cara", "Dov", "Esme", "Farid", "Gwil", "Hana", "Idris", "Joss", "Kezia", "Lowri", "Milo", "Nadia",
    "Orla", "Pavel", "Quin", "Rhys", "Suki", "Tomos", "Una", "Vikram", "Wren", "Yana", "Zaki",
)  # fmt: skip
STEMS = (
    "Alder", "Birch", "Cross", "Dale", "Elm", "Fen", "Gate", "Hazel", "Inch", "Kest", "Lark", "Marl", "Nether", "Over",
    "Pen", "Quarry", "Rush", "Stan", "Thorn", "Under", "Vale", "Wither", "Yew",
)  # fmt: skip
ENDS = (
    "bank", "beck", "bourne", "by", "cote", "croft", "den", "fell", "field", "ford", "garth", "ham", "holm", "hurst",
    "ley", "mere", "mouth", "ridge", "shaw", "stead", "thorpe", "ton", "wick", "wood", "worth",
)  # fmt: skip
SURNAMES = tuple(stem + end for stem in STEMS for end in ENDS)

CONCERNS = (
    "The child has come to class hungry on several mornings and says that nobody was up when they left the house.",
    "A neighbour heard shouting through the wall late at night, and a small child crying for a long time afterwards.",
    "An officer attended an argument between the adults of the household; two children were in the next room.",
    "The child has missed four appointments in a row, and letters to the address have come back unopened.",
    "There is a bruise on the arm for which the child and the parent have given two different accounts.",
)
ACCOUNTS = (
    (
        "Told on the telephone and taken down as it was said. The "
        "caller has known the family for two years, has seen the "
        "children most days of the week, and has become more worried "
        "since the spring. The caller spoke to the mother last "
        "week, who said that things were hard at the moment and that she would rather not talk about it."
    ),
    (
        "Written by the member of staff who was on duty. The child "
        "was collected late for the third time, by an adult whom "
        "nobody there knew, and did not want to go with them. Staff "
        "rang the parent, who confirmed the name and said that "
        "it would not happen again. The child was quiet and tired on the following day."
    ),
)
ASKED = (
    "Please search for the people named on this request and say what you hold of the last two years that bears on "
    "their safety or care: what was seen, when, by whom it is recorded, and whether it goes on. If you hold nothing "
    "that is relevant and in proportion, say so: that is an answer too."
)
PURPOSE = "To decide, within the time that the rating gives, whether the child may be at risk of significant harm."
SAID = (
    "Two visits in the last year, both kept. The home was warm and there was food; the younger child was shy.",
    "Attended with a parent after a fall. The account fitted what was seen, and nothing further was arranged then.",
    "Attendance fell to seventy-one in a hundred after the summer. Two meetings were offered and one was kept.",
    "A call from the address was attended; no offence was recorded. Children were seen asleep upstairs and were well.",
    "Known to the service from the spring to the autumn; ended by agreement with what had been planned in place.",
)
THEMES = ("child_health", "education", "family", "domestic_abuse", "offending", "home", "services", "strengths")
CHANNELS = ("telephone", "email", "police_notice", "online", "letter", "in_person")
REFERRERS = ("professional", "school", "relative", "neighbour", "self")
