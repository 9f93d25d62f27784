"""./run hub: a hub to work in on this machine, with nothing invented in it and nobody but those who are let in."""

import argparse
import os
from contextlib import ExitStack
from pathlib import Path

from deploy.local import assets, hub, manage, places, progress, serving
from deploy.local.failures import LaunchError
from deploy.local.processes import attend
from deploy.local.supervisor import Server, supervised
from deploy.local.surroundings import only
from deploy.local.valkey import free_port

HOME = hub.HUB
MAIL = HOME.folder / "mail"
OF_THE_PERSON = ("MASH_EMAIL_URL", "MASH_MAIL_FROM")
"""What of the shell's environment counts here too."""

PORT = 8000
OF_BACKUP = {"backup": "make", "restore": "restore", "drill": "drill"}
"""./run hub backup FOLDER and so on, as `deploy.backup` calls it."""

WORDS_TO_RESET = (
    ("This deletes the hub in {folder}: every contact, person and key in it. To go on, type: delete\n", "delete"),
    (
        "No backup is made, and nothing brings it back. To go on, type: nothing brings it back\n",
        "nothing brings it back",
    ),
)


def run(arguments: list[str]) -> int:
    """Start the hub, let its first two people in where it has nobody, and stay until it is stopped.

    Raises:
        LaunchError: It cannot be started, or one of its processes ended.
    """
    if arguments[:1] == ["manage"]:
        return manage.run(arguments[1:], HOME, addresses(PORT))
    if arguments[:1] and arguments[0] in OF_BACKUP:
        with hub.servers(HOME, addresses(PORT)) as env:
            return attend(places.python("-m", "deploy.backup", OF_BACKUP[arguments[0]], *arguments[1:]), env=env)
    options = parsed(arguments)
    serving.require_free(options.port, "hub")
    with ExitStack() as stack:
        hub.require_held(stack, HOME)
        if options.reset:
            require_meant(HOME.folder)
            hub.reset(HOME)
        assets.ensure()
        mail = None if os.environ.get("MASH_EMAIL_URL") else MAIL
        with progress.step("Starting PostgreSQL and Valkey, making the database roles"):
            own: dict[str, Server] = {}
            env = stack.enter_context(hub.started(HOME, addresses(options.port), own=own))
        furnish(env)
        supervisor = supervised(HOME.folder / "logs", own)
        stack.callback(supervisor.stop)
        with progress.step("Starting web, worker and beat"):
            supervisor.start(serving.programs(env, options.port, mail=mail))
        begin(env)
        print(ready(env["MASH_PUBLIC_URL"], mail), flush=True)
        try:
            supervisor.watch()
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="./run hub",
        description="Start a hub to work in on this machine. ./run hub manage COMMAND runs a Django command on it; "
        "./run hub backup FOLDER, restore FILE and drill FILE back it up, bring it back, and try that.",
    )
    parser.add_argument("--port", type=int, default=PORT, help="where the pages are served (8000)")
    parser.add_argument("--reset", action="store_true", help="begin anew: delete the hub; asks twice")
    return parser.parse_args(arguments)


def require_meant(folder: Path) -> None:
    """Ask twice whether the hub is to be deleted.

    Raises:
        LaunchError: One of the answers was another one.
    """
    for question, word in WORDS_TO_RESET:
        try:
            answer = input(question.format(folder=folder))
        except EOFError:
            answer = ""
        if answer.strip().lower() != word:
            raise LaunchError("Nothing was deleted.")


def addresses(port: int) -> dict[str, str]:
    """Return where this hub is reached, and where it sends its mail."""
    named = {name: os.environ[name] for name in OF_THE_PERSON if os.environ.get(name)}
    return {
        **({} if "MASH_EMAIL_URL" in named else {"MASH_MAIL_FROM": "hub@mash.invalid"}),
        "MASH_EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
        "MASH_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MASH_ALLOWED_HOSTS": "127.0.0.1,localhost",
        **named,
    }


def furnish(env: dict[str, str]) -> None:
    """Bring the tables up to date and collect the static files."""
    with progress.step("Bringing the tables up to date"):
        serving.manage(only(env, login="MASH_OWNER_DATABASE_URL"), *serving.MIGRATING)
        serving.manage(only(env, login="DATABASE_URL"), serving.COLLECTING)


def begin(env: dict[str, str]) -> None:
    """Let the first two people in, at the terminal; nothing happens where they are in.

    Raises:
        LaunchError: The hub still has nobody.
    """
    command = places.python(places.ROOT / "manage.py", "begin_hub", "--unless-begun")
    if attend(command, env=only(env, login="DATABASE_URL")):
        raise LaunchError("The hub has nobody yet, so it was stopped. Start again and answer the questions.")


def ready(address: str, mail: Path | None) -> str:
    """Word the end of the start: where the hub is, and what becomes of its mail."""
    kept = f"No mail server is named (MASH_EMAIL_URL), so mails stay in {mail}." if mail else "Mail is sent."
    return "\n".join(
        [
            f"\nREADY in {progress.seconds():.0f} s:  {address}\n",
            "The administrator signs in and sets the hub up; the manager confirms case roles.",
            "docs/operations/first-day.md tells the first day.",
            kept,
            f"All that is entered stays in {HOME.folder}. Stop with Ctrl-C.",
        ]
    )
