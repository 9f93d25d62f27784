"""The invented agencies, teams and people of the demo hub. No such borough and no such people exist."""

from __future__ import annotations

from dataclasses import dataclass

from agencies.choices import AgencyKind as K
from agencies.choices import Role
from agencies.choices import TeamKind as T

PASSWORD = "lantern-harbour-47"  # noqa: S105  # printed for everybody who starts the demo
"""Of every demo account; the demo alone knows it."""

DOMAIN = "demo.invalid"


@dataclass(frozen=True)
class DemoAgency:
    """One invented agency; `signed` is how its signature stands: in force, or lapsed."""

    key: str
    name: str
    short_name: str
    kind: str
    is_core: bool
    signed: bool = True


@dataclass(frozen=True)
class DemoTeam:
    """One invented receiving team."""

    key: str
    agency: str
    name: str
    kind: str


@dataclass(frozen=True)
class DemoPerson:
    """One invented person with an account: agency, roles and perhaps a team; `also` is a second membership."""

    key: str
    name: str
    agency: str
    roles: tuple[str, ...]
    team: str = ""
    registered: bool = False
    also: tuple[str, tuple[str, ...]] | None = None
    try_first: str = ""

    @property
    def email(self) -> str:
        """The address that signs in."""
        return f"{self.key.replace('_', '.')}@{DOMAIN}"


HUB = {
    "name": "Aldermere Multi-Agency Safeguarding Hub",
    "authority": "Aldermere Borough Council",
    "telephone": "01632 960100",
    "out_of_hours_telephone": "01632 960199",
    "disagree_with": "the MASH manager on 01632 960110",
    "second_factor_roles": [],  # Everybody walks about in the demo with one password; a real hub asks for more.
}

AGENCIES = (
    DemoAgency("csc", "Aldermere Children's Social Care", "Social care", K.SOCIAL_CARE, True),
    DemoAgency("police", "Wendshire Police Protecting Vulnerable People Unit", "Police", K.POLICE, True),
    DemoAgency("health", "Aldermere Community Health and Midwifery", "Health", K.HEALTH, True),
    DemoAgency("education", "Aldermere Education Safeguarding", "Education", K.EDUCATION, True),
    DemoAgency("gp", "Aldermere General Practices", "GPs", K.GENERAL_PRACTICE, False),
    DemoAgency("camhs", "Wendshire Mental Health Trust", "Mental health", K.MENTAL_HEALTH, False),
    DemoAgency("probation", "Wendshire Probation", "Probation", K.PROBATION, True),
    DemoAgency("yos", "Aldermere Youth Offending Service", "Youth offending", K.YOUTH_OFFENDING, False),
    DemoAgency("housing", "Aldermere Housing", "Housing", K.HOUSING, False),
    DemoAgency("early_help", "Aldermere Early Help", "Early help", K.EARLY_HELP, True),
    DemoAgency("adults", "Aldermere Adult Social Care", "Adult social care", K.ADULT_SOCIAL_CARE, False),
    DemoAgency("substance", "Clearwater Substance Misuse Service", "Substance misuse", K.SUBSTANCE_MISUSE, False),
    DemoAgency("idva", "Aldermere Domestic Abuse Service", "Domestic abuse", K.DOMESTIC_ABUSE, False),
    DemoAgency("voluntary", "Harbour Families Together", "Voluntary group", K.VOLUNTARY, False, signed=False),
    DemoAgency("ambulance", "Wendshire Ambulance Service", "Ambulance", K.AMBULANCE, False),
    DemoAgency("fire", "Wendshire Fire and Rescue", "Fire and rescue", K.FIRE, False),
)

TEAMS = (
    DemoTeam("assessment", "csc", "Assessment team, Aldermere North", T.ASSESSMENT),
    DemoTeam("allocated", "csc", "Children in need team", T.ALLOCATED),
    DemoTeam("early_help_team", "early_help", "Early help team, Aldermere", T.EARLY_HELP),
    DemoTeam("specialist", "camhs", "Specialist child and adolescent service", T.SPECIALIST),
    DemoTeam("universal", "education", "School liaison", T.UNIVERSAL),
    DemoTeam("adult_team", "adults", "Adult safeguarding team", T.ADULT_SAFEGUARDING),
    DemoTeam("lado", "csc", "Designated officer's desk", T.LADO),
    DemoTeam("elsewhere", "csc", "Transfers to other authorities", T.OTHER_AUTHORITY),
)

PEOPLE = (
    DemoPerson("fiona_front", "Fiona Marsh", "csc", (Role.FRONT_DOOR,), try_first="log a contact by telephone"),
    DemoPerson("femi_front", "Femi Adeyemi", "csc", (Role.FRONT_DOOR,)),
    DemoPerson(
        "sunita_screener", "Sunita Rao", "csc", (Role.SCREENER,), registered=True, try_first="screen what is waiting"
    ),
    DemoPerson("piotr_panel", "Piotr Zielak", "police", (Role.SCREENER,)),
    DemoPerson("hannah_panel", "Hannah Obi", "health", (Role.SCREENER,)),
    DemoPerson(
        "maeve_manager",
        "Maeve Connolly",
        "csc",
        (Role.MANAGER,),
        registered=True,
        try_first="rate, assign, decide, release",
    ),
    DemoPerson("martin_manager", "Martin Ashby", "csc", (Role.MANAGER,), registered=True),
    DemoPerson(
        ("saira_worker"),
        ("Saira Malik"),
        ("csc"),
        (Role.SOCIAL_WORKER,),
        registered=True,
        try_first=("ask agencies and analyse"),
    ),
    DemoPerson("sean_worker", "Sean Duffy", "csc", (Role.SOCIAL_WORKER,), registered=True),
    DemoPerson("csc_researcher", "Carys Bevan", "csc", (Role.RESEARCHER,)),
    DemoPerson(
        "police_researcher", "Paul Kerr", "police", (Role.RESEARCHER,), try_first="answer a request for the police"
    ),
    DemoPerson("police_lead", "Petra Lind", "police", (Role.LEAD,)),
    DemoPerson(
        "health_researcher",
        "Grace Mensah",
        "health",
        (Role.RESEARCHER,),
        try_first="answer a request for community health",
    ),
    DemoPerson("health_lead", "Hugh Tanner", "health", (Role.LEAD,)),
    DemoPerson("school_researcher", "Edith Lowe", "education", (Role.RESEARCHER,), also=("education", (Role.LEAD,))),
    DemoPerson("gp_researcher", "Gwen Parry", "gp", (Role.RESEARCHER,)),
    DemoPerson("probation_researcher", "Ravi Sethi", "probation", (Role.RESEARCHER,)),
    DemoPerson("yos_researcher", "Yusuf Kaya", "yos", (Role.RESEARCHER,)),
    DemoPerson("housing_researcher", "Holly Grant", "housing", (Role.RESEARCHER,)),
    DemoPerson("idva_researcher", "Ines Duarte", "idva", (Role.RESEARCHER,)),
    DemoPerson("camhs_researcher", "Callum Reid", "camhs", (Role.RESEARCHER,)),
    DemoPerson("voluntary_researcher", "Vera Novak", "voluntary", (Role.RESEARCHER,)),
    DemoPerson(
        "asha_assessment",
        "Asha Patel",
        "csc",
        (Role.RECEIVING_WORKER,),
        team="assessment",
        registered=True,
        try_first="accept what was released to the assessment team",
    ),
    DemoPerson("aled_allocated", "Aled Rhys", "csc", (Role.RECEIVING_WORKER,), team="allocated", registered=True),
    DemoPerson("ella_early_help", "Ella Frost", "early_help", (Role.RECEIVING_WORKER,), team="early_help_team"),
    DemoPerson("sade_specialist", "Sade Bright", "camhs", (Role.RECEIVING_WORKER,), team="specialist"),
    DemoPerson("ana_adults", "Ana Pereira", "adults", (Role.RECEIVING_WORKER,), team="adult_team"),
    DemoPerson("lena_lado", "Lena Marsden", "csc", (Role.RECEIVING_WORKER,), team="lado", registered=True),
    DemoPerson("tom_transfers", "Tom Gale", "csc", (Role.RECEIVING_WORKER,), team="elsewhere", registered=True),
    DemoPerson("omar_nights", "Omar Haddad", "csc", (Role.OUT_OF_HOURS,), registered=True),
    DemoPerson("rhona_reviewer", "Rhona Blake", "csc", (Role.REVIEWER,)),
    DemoPerson(
        ("audrey_auditor"), ("Audrey Flynn"), ("csc"), (Role.AUDITOR,), try_first=("see who did what, without content")
    ),
    DemoPerson("anton_admin", "Anton Webb", "csc", (Role.ADMINISTRATOR,), try_first="see the directory"),
)
