"""Every command that the documents name runs, as the login that they name."""

import os
import re
import subprocess

import pytest

from deploy.local import manage, places
from deploy.local.documents import django_commands
from deploy.local.failures import LaunchError
from deploy.local.lint import environment as of_a_check
from manage import LOGINS
from tests.worker_environment import DATABASE, with_path

NOBODYS_KEY = "00000000-0000-4000-8000-000000000000"
AS_THE_WEB_ROLE = {
    "begin_hub",
    "check_demo",
    "demo_accounts",
    "load_demo",
    "load_directory",
    "print_access",
    "print_owners",
    "print_states",
    "reset_second_factor",
}


def environment() -> dict[str, str]:
    """Return what the launcher knows of this worker's hub: every login, and the demo switched on."""
    logins = {name: with_path(url, DATABASE) for name, url in os.environ.items() if name.endswith("DATABASE_URL")}
    return {**os.environ, **logins, "MASH_DEMO": "1"}


def ran(*commands: str) -> str:
    """Run commands of one login as `./run manage` does, in one process, and return what they wrote."""
    env = manage.for_command(environment(), commands[0].split()[0])
    together = places.python("-m", "deploy.local.django_commands", *commands)
    done = subprocess.run(together, env=env, cwd=places.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_command_of_ours_has_its_login() -> None:
    ours = {file.stem for file in places.ROOT.glob("[a-z]*/management/commands/[a-z]*.py")}
    assert ours - set(LOGINS) == AS_THE_WEB_ROLE
    assert set(LOGINS) - ours == {"makemigrations", "migrate", "showmigrations", "sqlmigrate"}


MIGRATING = ("makemigrations --check --dry-run", "migrate --check")
RUN = (
    ("check_keys", "rotate_keys", "remake_keys", "install_identity_key", *MIGRATING),
    ("seal_logs", "run_sweep"),
    ("audit_verify",),
    ("begin_hub --unless-begun", "demo_accounts", "print_states", "print_access", "print_owners"),
)
"""What is run below, by login; a document may name nothing else but what needs a record or a person of its own."""


@pytest.mark.django_db(transaction=True)
def test_what_the_documents_name_runs_as_the_login_that_they_name() -> None:
    owner, sweep, auditor, web = [ran(*commands) for commands in RUN]
    assert "May be removed from MASH_FIELD_KEYS: none." in owner
    assert sweep.endswith("0 steps taken, 0 mails sent\n")
    assert auditor.endswith("Everything that is sealed is as it was written.\n")
    assert "fiona.front@demo.invalid" in web


@pytest.mark.django_db(transaction=True)
def test_destroying_a_key_that_is_not_there_says_so_and_nothing_of_rights() -> None:
    with pytest.raises(AssertionError, match="CommandError: There is no data key of this record"):
        ran(f"destroy_key {NOBODYS_KEY}")


@pytest.mark.django_db(transaction=True)
def test_resetting_the_second_factor_of_nobody_says_so() -> None:
    why = "--reason lost --made-sure in_person"
    with pytest.raises(AssertionError, match="CommandError: There is no account with this address"):
        ran(f"reset_second_factor nobody@demo.invalid {why}")
    with pytest.raises(AssertionError, match="CommandError: This account has no second factor"):
        ran(f"reset_second_factor ANTON.ADMIN@demo.invalid {why}")


def test_the_documents_name_no_command_that_is_not_run_here() -> None:
    named = {name for _service, name in django_commands(places.ROOT)}
    assert named - {"destroy_key", "reset_second_factor"} <= {
        command.split()[0] for commands in RUN for command in commands
    }
    assert named >= {"run_sweep", "seal_logs", "audit_verify", "rotate_keys"}


def test_compose_runs_each_command_in_a_service_with_its_login() -> None:
    compose = (places.ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    services = dict(re.findall(r"^  (\w+):\n((?:    .*\n|\n)+)", compose, re.MULTILINE))
    told = {(service, name) for service, name in django_commands(places.ROOT) if service}
    assert {name for _service, name in told} == {"begin_hub", "rotate_keys", "remake_keys", "run_sweep", "seal_logs"}
    for service, name in told:
        assert (
            f" DATABASE_URL_FILE: /run/secrets/{LOGINS.get(name, 'web').lower()}_database_url\n" in services[service]
        ), name


def test_a_process_knows_no_other_login_than_its_own() -> None:
    env = manage.for_command(environment(), "seal_logs")
    assert {name for name in env if name.endswith("DATABASE_URL")} == {"DATABASE_URL"}
    assert env["DATABASE_URL"].startswith("postgresql://mash_sweep@")


def test_a_login_that_is_not_there_is_asked_for() -> None:
    with pytest.raises(LaunchError, match="MASH_AUDITOR_DATABASE_URL: set it"):
        manage.for_command({"DATABASE_URL": "postgresql://mash_web@/mash"}, "audit_verify")


def test_a_real_hub_has_no_command_of_the_demo() -> None:
    asked = "from django.core.management import get_commands; print(*sorted(get_commands().items()))"
    env = of_a_check("production") | {"MASH_DEMO": "1"}
    done = subprocess.run(
        places.python("manage.py", "shell", "-v0", "-c", asked),
        env=env,
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'run_sweep', 'notices'" in done.stdout
    assert not [name for name in ("demo", "load_directory", "load_demo", "demo_accounts") if f"'{name}'" in done.stdout]
    refused = subprocess.run(
        places.python("manage.py", "load_directory"),
        env=env,
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (1, "Unknown command: 'load_directory'")
