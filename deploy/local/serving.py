"""What a whole hub on this machine is made of: its processes, its port, the commands that make it ready."""

import socket
import urllib.error
import urllib.request
from pathlib import Path

from deploy.local import places
from deploy.local.failures import LaunchError
from deploy.local.processes import finish
from deploy.local.supervisor import Program
from deploy.local.surroundings import only

HIGHEST_PORT = 65535
FIRST_SERVER_ERROR = 500
MIGRATING = ("migrate --no-input --verbosity=0", "install_identity_key", "check_keys")
"""As the owner: tables, walls and keys as they are to be."""

COLLECTING = "collectstatic --no-input --verbosity=0"


def require_free(port: int, command: str) -> None:
    """Stop when the pages cannot be served on a port.

    Args:
        command: what of `./run` the person typed.

    Raises:
        LaunchError: It is taken, closed to this user, or no port at all.
    """
    if not 0 < port <= HIGHEST_PORT:
        raise LaunchError(f"{port} is not a port: choose one from 1 to {HIGHEST_PORT}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise LaunchError(f"This user may not serve on port {port}. Choose one above 1023 with --port.") from None
        except OSError:
            other = port + 1 if port < HIGHEST_PORT else port - 1
            raise LaunchError(
                f"Port {port} is taken by another program. Start with another one: ./run {command} --port {other}"
            ) from None


def manage(env: dict[str, str], *commands: str) -> str:
    """Run Django commands, one after the other, in one process; return what they print.

    Raises:
        LaunchError: One of them failed.
    """
    return finish(
        places.python("-m", "deploy.local.django_commands", *commands),
        env=env,
        cwd=places.ROOT,
        failing=(
            f"The hub was not made: one of these commands failed: {'; '.join(commands)}. If this is the demo and the "
            "code has changed since it was loaded, begin anew with --reset. The last lines were:"
        ),
    )


def programs(env: dict[str, str], port: int, *, mail: Path | None) -> list[Program]:
    """Return the processes of the hub, each with the one database login it needs.

    Args:
        mail: the folder in which mails are kept instead of sent; None where a mail server is named.
    """
    web, worker = only(env, login="DATABASE_URL"), only(env, login="MASH_SWEEP_DATABASE_URL")
    return [
        *([] if mail is None else [keeper_of_mail(mail, env)]),
        Program("web", gunicorn(port), web, lambda _log: answers(port)),
        *[worker_of(queues, worker) for queues in QUEUES],
        second_clock(worker),
        Program("beat", celery("beat", "--pidfile="), worker, lambda log: "beat: Starting" in log, comes_back=True),
    ]


QUEUES = {"deadline,celery": 2, "mail": 1, "documents": 1}
"""The queues of each worker, and how many tasks it takes at once; `mash.celery.QUEUE_OF` says what goes where."""


def worker_of(queues: str, env: dict[str, str]) -> Program:
    """Return the worker of some queues, named after the first."""
    name = queues.partition(",")[0]
    quick = ["--without-gossip", "--without-mingle", "--without-heartbeat", f"--hostname={name}@%h"]
    command = celery("worker", f"--queues={queues}", f"--concurrency={QUEUES[queues]}", *quick)
    return Program(f"worker-{name}", command, env, lambda log: " ready." in log, comes_back=True)


def second_clock(env: dict[str, str]) -> Program:
    """Return the process that sweeps where no worker does: it needs neither Valkey nor Celery."""
    command = places.python(places.ROOT / "manage.py", "run_sweep", "--keep-watch")
    return Program("timer", command, env, lambda log: "keeps watch" in log, comes_back=True)


def keeper_of_mail(folder: Path, env: dict[str, str]) -> Program:
    """Return the process that takes every mail and keeps it as a file."""
    port = env["MASH_EMAIL_URL"].rpartition(":")[2]
    command = places.python("-m", "deploy.local.smtp_sink", "--folder", folder, "--port", port)
    return Program("mail", command, only(env, login="DATABASE_URL"), lambda log: "listening" in log, comes_back=True)


def gunicorn(port: int) -> list[str]:
    """Return the command line of the web server."""
    settings = f"--config={places.ROOT / 'deploy' / 'gunicorn_settings.py'}"
    return places.tool("gunicorn", settings, f"--bind=127.0.0.1:{port}", "mash.wsgi:application")


def celery(what: str, *options: str) -> list[str]:
    """Return the command line of the worker or of beat."""
    return places.tool("celery", "--app=mash.celery:app", what, "--loglevel=INFO", *options)


def answers(port: int) -> bool:
    """Say whether the web process serves its first page."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as response:
            return int(response.status) < FIRST_SERVER_ERROR
    except urllib.error.HTTPError as refusal:
        return refusal.code < FIRST_SERVER_ERROR
    except OSError:
        return False
