"""Raw SQL as the web role, under several signed identities, against the tables that decide rights.

Each attack is tried by everybody; whoever is not named as entitled is refused by the database, or changes no row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege, RaiseException
from psycopg2.extensions import connection as Connection

from agencies.access.identity import sign
from agencies.access.viewer import BUILDER, CLOCK, PUBLIC
from tests.people import Person, person

pytestmark = pytest.mark.django_db
SOON = 60
STAFF = {
    "administrator": "anton_admin",
    "manager": "maeve_manager",
    "screener": "sunita_screener",
    "worker": "saira_worker",
    "researcher": "police_researcher",
    "receiver": "asha_assessment",
    "reviewer": "rhona_reviewer",
    "auditor": "audrey_auditor",
}
SYSTEM = {"public": PUBLIC, "clock": CLOCK, "builder": BUILDER}
EVERYBODY = ["nobody", *SYSTEM, *STAFF]
ADMINISTRATORS = {"administrator", "builder"}

SETTING = (
    "INSERT INTO agencies_settingchange (id, setting, before, after, changed_at, changed_by_id)"
    " VALUES (gen_random_uuid(), 'broken_glass_a_day', 3, 20, now(), '{by}')"
)
ENTRY = "INSERT INTO agencies_conflictofinterest (id, contact_id, {who}, source, reason, entered_at, entered_by_id)"
CONFLICT = f"{ENTRY} VALUES (gen_random_uuid(), gen_random_uuid(), %(whom)s, %(source)s, '', now(), %(entered_by)s)"


def conflict(who: str, whom: str, source: str, entered_by: str = "me") -> str:
    values = {"whom": f"'{{{whom}}}'", "source": f"'{source}'", "entered_by": f"'{{{entered_by}}}'"}
    return CONFLICT.format(who=who) % values


GLASS = (
    "INSERT INTO agencies_brokenglass (id, membership_id, enquiry_id, enquiry_reference, broken_at, ends_at,"
    " finding{more}) VALUES (gen_random_uuid(), '{whose}', gen_random_uuid(), 'MASH', {at}, {ends}, {finding})"
)
REVIEW = (
    "INSERT INTO agencies_review (id, membership_id, enquiry_id, enquiry_reference, purpose, starts_on, ends_on,"
    " named_at, named_by_id) VALUES (gen_random_uuid(), '{whose}', gen_random_uuid(), 'MASH', 'inspection',"
    " current_date, current_date, now(), '{by}')"
)
MEMBER = (
    "INSERT INTO agencies_membership (id, user_id, agency_id, roles, starts_on, version)"
    " SELECT gen_random_uuid(), {user}, id, '{{{{manager}}}}', current_date, 1 FROM agencies_agency LIMIT 1"
)


def glass(*, whose: str = "{me}", at: str = "now()", ends: str = "now() + interval '12 hours'") -> str:
    return GLASS.format(more="", whose=whose, at=at, ends=ends, finding="''")


USER = "INSERT INTO agencies_user (id, email, name, telephone, is_active, is_staff, is_superuser, created_at,"
ACCOUNT = f"{USER} is_registered_social_worker, password_stamp) VALUES (gen_random_uuid(), 'x@x.invalid', 'X', '',"
STRANGER = {"builder"}
"""The system's own act for nobody, so that {my_user} is somebody else to them."""

ATTACKS: dict[str, tuple[str, set[str]]] = {
    "make an account": (f"{ACCOUNT} true, false, false, now(), false, '')", ADMINISTRATORS),
    "make a superuser": (f"{ACCOUNT} true, false, true, now(), false, '')", set()),
    "make a person of the server": (f"{ACCOUNT} true, true, false, now(), false, '')", set()),
    "make an account with a password": (f"{ACCOUNT} true, false, false, now(), false, 'x')", set()),
    "change another's address": (
        "UPDATE agencies_user SET email = 'x@x.invalid' WHERE id = '{other_user}'",
        ADMINISTRATORS,
    ),
    "change one's own address": ("UPDATE agencies_user SET email = 'x@x.invalid' WHERE id = '{my_user}'", STRANGER),
    "become a registered social worker": (
        "UPDATE agencies_user SET is_registered_social_worker = true WHERE id = '{my_user}'",
        STRANGER,
    ),
    "make oneself superuser": ("UPDATE agencies_user SET is_superuser = true WHERE id = '{my_user}'", set()),
    "make another superuser": ("UPDATE agencies_user SET is_superuser = true WHERE id = '{other_user}'", set()),
    "change a stamp": ("UPDATE agencies_user SET password_stamp = '' WHERE id = '{other_user}'", set()),
    "remove an account": ("DELETE FROM agencies_user", set()),
    "join oneself": (MEMBER.format(user="'{my_user}'"), STRANGER),
    "join another": (
        MEMBER.format(user="'{other_user}'"),
        {"builder"},
    ),  # A person gives case roles with another's word.
    "widen one's roles": ("UPDATE agencies_membership SET roles = '{{administrator}}' WHERE id = '{me}'", set()),
    "widen another's roles": ("UPDATE agencies_membership SET roles = '{{manager}}' WHERE id = '{other}'", set()),
    "move to another agency": (
        (
            "UPDATE agencies_membership SET agency_id = (SELECT id FROM agencies_agency WHERE kind = 'police')"
            " WHERE id IN ('{me}', '{lapsed}')"
        ),
        set(),
    ),
    "end another's membership": (
        "UPDATE agencies_membership SET ended_at = now() WHERE id = '{other}'",
        ADMINISTRATORS,
    ),
    "end one's own membership": ("UPDATE agencies_membership SET ended_at = now() WHERE id = '{me}'", set()),
    "lengthen one's membership": ("UPDATE agencies_membership SET ends_on = '2099-01-01' WHERE id = '{me}'", set()),
    "remove a membership": ("DELETE FROM agencies_membership", set()),
    "plant a signature": (
        (
            "INSERT INTO agencies_signature (id, agreement_id, agency_id, signed_on, signatory)"
            " SELECT gen_random_uuid(), g.id, a.id, current_date, '' FROM agencies_agreement g, agencies_agency a"
            " WHERE NOT EXISTS (SELECT 1 FROM agencies_signature s WHERE s.agency_id = a.id AND s.ends_on IS NULL)"
        ),
        ADMINISTRATORS,
    ),
    "lengthen a signature": ("UPDATE agencies_signature SET ends_on = NULL", ADMINISTRATORS),
    "give a signature to another": ("UPDATE agencies_signature SET signed_on = '2020-01-01'", set()),
    "lengthen the agreement": ("UPDATE agencies_agreement SET ends_on = '2099-01-01'", ADMINISTRATORS),
    "revive an agency": ("UPDATE agencies_agency SET is_active = true, is_core = true", ADMINISTRATORS),
    "take another agency's group": ("UPDATE agencies_agency SET group_id = group_id + 1000", set()),
    "take another team's group": ("UPDATE agencies_team SET group_id = group_id + 1000", set()),
    "move a team": ("UPDATE agencies_team SET agency_id = (SELECT min(id::text)::uuid FROM agencies_agency)", set()),
    "make a group": ("INSERT INTO auth_group (name) VALUES ('mine')", ADMINISTRATORS),
    "rename a group": ("UPDATE auth_group SET name = 'mine'", set()),
    "make a permission": ("INSERT INTO auth_permission (name, content_type_id, codename) VALUES ('x', 1, 'x')", set()),
    "change the hub": ("UPDATE agencies_hubsettings SET decision_by = 'lead'", ADMINISTRATORS),
    "change a setting in another's name": (SETTING.format(by="{other}"), set()),
    "change a setting": (SETTING.format(by="{me}"), ADMINISTRATORS),
    "reword what was changed": ("UPDATE agencies_settingchange SET after = 1", set()),
    "change how long something may take": ("UPDATE clock_ratingpolicy SET quantity = 99999", set()),
    "add a longer time": (
        (
            "INSERT INTO clock_ratingpolicy (id, measure, colour, unit, quantity, start, waits_for_opening,"
            " runs_past_closing, effective_from) SELECT gen_random_uuid(), measure, colour, unit, quantity, start,"
            " waits_for_opening, runs_past_closing, now() FROM clock_ratingpolicy LIMIT 1"
        ),
        ADMINISTRATORS,
    ),
    "empty the ladder": ("DELETE FROM clock_ladderstep", ADMINISTRATORS),
    "turn the ladder away": ("UPDATE clock_ladderstep SET who = who", ADMINISTRATORS),
    "close the hub for a day": (
        "INSERT INTO clock_closure (id, day, name) VALUES (gen_random_uuid(), '2031-01-02', 'x')",
        ADMINISTRATORS,
    ),
    "add a holiday": (
        "INSERT INTO clock_bankholiday (id, nation, day, name) VALUES (gen_random_uuid(), 'ENG', '2040-01-02', 'x')",
        ADMINISTRATORS,
    ),
    "conflict against another": (conflict("user_id", "other_user", "entered"), {"manager"}),
    "conflict in another's name": (conflict("user_id", "other_user", "entered", "other"), set()),
    "declared for another": (conflict("user_id", "other_user", "declared"), set()),
    "declared for another's agency": (conflict("agency_id", "agency", "declared"), set()),
    "declared for oneself": (conflict("user_id", "my_user", "declared"), set(STAFF)),
    "lift conflicts": (
        "UPDATE agencies_conflictofinterest SET lifted_at = now(), lifted_by_id = '{me}'",
        set(),  # There are none; with some, see below.
    ),
    "name oneself reviewer": (REVIEW.format(whose="{me}", by="{me}"), set()),
    "name a reviewer": (REVIEW.format(whose="{other}", by="{me}"), {"manager"}),
    "name a reviewer in another's name": (REVIEW.format(whose="{me}", by="{other}"), set()),
    "break glass": (glass(), set()),
    "break glass for another": (glass(whose="{other}"), set()),
    "break glass for longer": (glass(at="now() + interval '1 day'", ends="now() + interval '30 hours'"), set()),
    "read further addresses": ("SELECT 1 FROM account_emailaddress", set()),
    "plant a further address": (
        (
            'INSERT INTO account_emailaddress (user_id, email, verified, "primary")'
            " VALUES ('{other_user}', 'x@x.invalid', true, true)"
        ),
        set(),
    ),
    "another's sent form": (
        (
            "INSERT INTO agencies_submission (key, membership_id, at, location)"
            " VALUES (gen_random_uuid(), '{other}', now(), '/')"
        ),
        set(),
    ),
    "form of nobody": (
        "INSERT INTO agencies_submission (key, at, location) VALUES (gen_random_uuid(), now(), '/')",
        set(),
    ),
    "read password hashes": ("SELECT * FROM fw.credential", set()),
    "plant a password": ("UPDATE fw.credential SET verifier = verifier", set()),
    "set a password": ("SELECT fw.set_password('{other_user}', 'set', 'md5$x$y', 'x')", set()),
    "set a password without a permit": ("SELECT fw.set_password('{my_user}', 'set', 'md5$x$y', NULL)", set()),
    "try a password": ("SELECT fw.password_matches('{other_user}', 'md5$x$y', 'x')", set()),
    "read second factors": ("SELECT * FROM fw.second_factor", set()),
    "take a second factor away": ("SELECT fw.take_factor_away('{other_user}', 'x')", set()),
    "use a recovery code": ("SELECT fw.use_recovery_code('{other_user}', 'x', 'x')", set()),
    "sign something": ("SELECT fw.signed('password|try')", set()),
    "read sessions": ("SELECT * FROM django_session", set()),
    "count sessions": ("SELECT count(*) FROM django_session", set()),
    "end sessions": ("DELETE FROM django_session", set()),
    "read what others typed": ("SELECT * FROM agencies_kepttext", set()),
    "throw away what others typed": ("DELETE FROM agencies_kepttext", set()),
    "clear what others typed": ("SELECT fw.clear_kept_texts()", set()),
    "plant a session": (
        "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('x', 'x', now())",
        set(),
    ),
}


@pytest.fixture
def web(web_url: str) -> Iterator[Connection]:
    """Log in as the web role."""
    with closing(psycopg2.connect(web_url)) as connection:
        yield connection


def identity(who: str) -> str:
    if who == "nobody":
        return ""
    if who in SYSTEM:
        return sign(SYSTEM[who].membership_id, expires=int(time.time()) + SOON)  # type: ignore[arg-type]
    return sign(person(STAFF[who]).membership.pk, expires=int(time.time()) + SOON)


def names_for(who: str) -> dict[str, str]:
    mine = person(STAFF.get(who, "health_researcher"))
    other = person("femi_front")
    me = str(SYSTEM[who].membership_id) if who in SYSTEM else str(mine.membership.pk)
    return {
        "me": me,
        "my_user": str(mine.user.pk),
        "other": str(other.membership.pk),
        "other_user": str(other.user.pk),
        "agency": str(mine.membership.agency_id),
        "lapsed": str(person("voluntary_researcher").membership.pk),
    }


def rows(connection: Connection, statement: str, claim: str) -> int:
    """Return how many rows a statement reads or changes under an identity; 0 if it is refused. Nothing stays."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT set_config('app.identity', %s, true)", [claim])
            cursor.execute(statement)
        except (InsufficientPrivilege, RaiseException):
            return 0
        else:
            return cursor.rowcount
        finally:
            connection.rollback()


@pytest.mark.parametrize("attack", list(ATTACKS))
def test_only_those_entitled_change_anything(attack: str, web: Connection) -> None:
    statement, entitled = ATTACKS[attack]
    succeeded = {who for who in EVERYBODY if rows(web, statement.format(**names_for(who)), identity(who))}
    assert succeeded == entitled


def test_forged_identity_is_no_administrator(web: Connection, administrator: Person) -> None:
    good = identity("administrator")
    statement = ATTACKS["make a group"][0]
    assert [rows(web, statement, claim) for claim in (good, good[:-1], good.replace("|", "||"))] == [1, 0, 0]


Do = Callable[[str], None]


@pytest.fixture
def scene(superuser_connection: Connection, web: Connection) -> Do:
    """Give a function that writes rows past every wall."""
    superuser_connection.autocommit = True
    return superuser_connection.cursor().execute


@pytest.mark.django_db(transaction=True)
def test_conflict_is_lifted_by_a_manager_whom_it_does_not_close_out(scene: Do, web: Connection) -> None:
    """Nor does the one whom it closes out see it, in whichever way they are named."""
    manager = person("maeve_manager")
    entered_by = str(person("martin_manager").membership.pk)
    for who, whom in (("user_id", manager.user.pk), ("membership_id", manager.membership.pk)):
        names = {"whom": f"'{whom}'", "source": "'entered'", "entered_by": f"'{entered_by}'"}
        scene(CONFLICT.format(who=who) % names)
    lift = "UPDATE agencies_conflictofinterest SET lifted_at = now(), lifted_by_id = '{me}'"
    seen = "SELECT 1 FROM agencies_conflictofinterest"
    martin = sign(person("martin_manager").membership.pk, expires=int(time.time()) + SOON)
    assert [rows(web, seen, identity(who)) for who in EVERYBODY] == [0] * len(EVERYBODY)
    assert [rows(web, lift.format(**names_for(who)), identity(who)) for who in EVERYBODY] == [0] * len(EVERYBODY)
    assert (rows(web, seen, martin), rows(web, lift.format(me=entered_by), martin)) == (2, 2)
    assert rows(web, lift.format(me=str(manager.membership.pk)), martin) == 0
    assert rows(web, "UPDATE agencies_conflictofinterest SET reason = 'x'", martin) == 0
    scene(lift.format(me=entered_by))
    assert rows(web, "UPDATE agencies_conflictofinterest SET lifted_at = NULL, lifted_by_id = NULL", martin) == 0


@pytest.mark.django_db(transaction=True)
def test_glass_is_judged_by_an_auditor_who_did_not_break_it(scene: Do, web: Connection) -> None:
    worker, auditor = person("saira_worker"), person("audrey_auditor")
    judge = "UPDATE agencies_brokenglass SET reviewed_at = now(), reviewed_by_id = '{me}', finding = 'justified'"
    scene(glass(whose=str(worker.membership.pk)))
    succeeded = {who for who in EVERYBODY if rows(web, judge.format(**names_for(who)), identity(who))}
    seen = {who for who in EVERYBODY if rows(web, "SELECT 1 FROM agencies_brokenglass", identity(who))}
    assert (succeeded, seen) == ({"auditor"}, {"auditor", "manager", "worker"})
    assert rows(web, "UPDATE agencies_brokenglass SET ends_at = ends_at", identity("worker")) == 0
    scene(judge.format(me=str(auditor.membership.pk)))
    assert rows(web, judge.format(me=str(auditor.membership.pk)), identity("auditor")) == 0
    scene(
        f"UPDATE agencies_brokenglass SET membership_id = '{auditor.membership.pk}', reviewed_by_id = NULL,"
        " reviewed_at = NULL, finding = ''"
    )
    assert rows(web, judge.format(me=str(auditor.membership.pk)), identity("auditor")) == 0


@pytest.mark.django_db(transaction=True)
def test_ended_membership_does_not_begin_again(scene: Do, web: Connection) -> None:
    other = person("femi_front").membership.pk
    scene(f"UPDATE agencies_membership SET ended_at = now() WHERE id = '{other}'")
    begin = f"UPDATE agencies_membership SET ended_at = {{}} WHERE id = '{other}'"
    assert [rows(web, begin.format(value), identity("administrator")) for value in ("NULL", "now()")] == [0, 0]


@pytest.mark.django_db(transaction=True)
def test_sent_form_is_seen_by_its_membership_alone(scene: Do, web: Connection) -> None:
    mine = person("sunita_screener").membership.pk
    scene(
        f"INSERT INTO agencies_submission (key, membership_id, at, location, content)"
        f" VALUES (gen_random_uuid(), '{mine}', now(), '/', '')"
    )
    seen = {who for who in EVERYBODY if rows(web, "SELECT 1 FROM agencies_submission", identity(who))}
    assert seen == {"screener"}
