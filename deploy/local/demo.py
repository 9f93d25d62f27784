"""./run demo: a whole hub on this machine, from the locked packages to READY."""

import argparse
import socket
import urllib.error
import urllib.request
from contextlib import ExitStack

from deploy.local import assets, hub, places, progress
from deploy.local.failures import LaunchError
from deploy.local.processes import finish
from deploy.local.supervisor import Program, Server, Supervisor
from deploy.local.surroundings import only
from deploy.local.valkey import free_port

HIGHEST_PORT = 65535
FIRST_SERVER_ERROR = 500
LOGS = places.DEMO / "logs"
TRY_FIRST = """\
What to try first:
  1. Open {address} without signing in and tell the hub of a worry on the public form.
  2. Sign in as the screener and screen it; as the manager, rate it and assign a social worker.
  3. Sign in as the police researcher, and then as the health one, in two private windows: each sees only what
     its own agency was asked.
  4. Everybody's account, the six finished cases and the emails that were sent: {address}/demo/
"""


def run(arguments: list[str]) -> int:
    """Start the demo, say READY, and stay until it is stopped.

    Raises:
        LaunchError: It cannot be started, or one of its processes ended.
    """
    options = parsed(arguments)
    require_free(options.port)
    with ExitStack() as stack:
        hub.require_held(stack)
        if options.reset:
            hub.reset()
        assets.ensure()
        with progress.step("Starting PostgreSQL and Valkey, making the database roles"):
            own: dict[str, Server] = {}
            env = stack.enter_context(hub.started(addresses(options.port, free_port()), own=own))
        welcome = furnish(env)
        supervisor = supervised(own)
        stack.callback(supervisor.stop)
        with progress.step("Starting web, worker, beat and mail"):
            supervisor.start(programs(env, options.port))
        print(ready(env["MASH_PUBLIC_URL"], welcome), flush=True)
        try:
            supervisor.watch()
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
    return 0


def supervised(own: dict[str, Server]) -> Supervisor:
    """Return who watches the hub: without PostgreSQL no page is right, Valkey comes back like what uses it."""
    supervisor = Supervisor(LOGS)
    supervisor.needed = {name: server for name, server in own.items() if name == "PostgreSQL"}
    supervisor.revived = {name: server for name, server in own.items() if name != "PostgreSQL"}
    return supervisor


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read the options of the command line."""
    parser = argparse.ArgumentParser(prog="./run demo", description="Start a whole hub on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="where the pages are served (8000)")
    parser.add_argument("--reset", action="store_true", help="begin anew: delete what the demo kept")
    return parser.parse_args(arguments)


def require_free(port: int) -> None:
    """Stop when the pages cannot be served on a port.

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
                f"Port {port} is taken by another program. Start with another one: ./run demo --port {other}"
            ) from None


def addresses(port: int, mail_port: int) -> dict[str, str]:
    """Return the settings that make this hub a demo: where it is reached, and where it sends its mail."""
    return {
        "MASH_DEMO": "1",
        "MASH_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "MASH_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MASH_ALLOWED_HOSTS": "127.0.0.1,localhost",
    }


def furnish(env: dict[str, str]) -> str:
    """Migrate, load the invented borough and collect the static files; return the list of demo accounts."""
    owner = only(env, login="MASH_OWNER_DATABASE_URL")
    web = only(env, login="DATABASE_URL")
    with progress.step("Bringing the tables up to date"):
        manage(owner, "migrate --no-input --verbosity=0", "install_identity_key", "check_keys")
    with progress.step("Loading the demo hub and collecting the static files"):
        return manage(web, "collectstatic --no-input --verbosity=0", "load_demo --verbosity=0", "demo_accounts")


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
            f"The demo hub was not made: one of these commands failed: {'; '.join(commands)}. If the code has changed "
            "since the demo was loaded, begin anew with --reset. The last lines were:"
        ),
    )


def programs(env: dict[str, str], port: int) -> list[Program]:
    """Return the processes of the hub, each with the one database login it needs."""
    web, worker = only(env, login="DATABASE_URL"), only(env, login="MASH_SWEEP_DATABASE_URL")
    mail_port = env["MASH_EMAIL_URL"].rpartition(":")[2]
    sink = places.python("-m", "deploy.local.smtp_sink", "--folder", env["MASH_DEMO_MAIL_DIR"], "--port", mail_port)
    quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [
        Program("mail", sink, web, lambda log: "listening" in log, comes_back=True),
        Program("web", gunicorn(port), web, lambda _log: answers(port)),
        Program(
            "worker", celery("worker", "--concurrency=2", *quick), worker, lambda log: " ready." in log, comes_back=True
        ),
        Program("beat", celery("beat", "--pidfile="), worker, lambda log: "beat: Starting" in log, comes_back=True),
    ]


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


def ready(address: str, welcome: str) -> str:
    """Word the end of the start: the address, who can sign in, and what to try first."""
    fetched = progress.downloads()
    apart = f", and {fetched:.0f} s of downloads" if fetched >= 1 else ""
    return "\n".join(
        [
            f"\nREADY in {progress.seconds():.0f} s{apart}:  {address}\n",
            welcome.strip(),
            "",
            TRY_FIRST.format(address=address),
            f"Logs are in {LOGS}. Stop with Ctrl-C; what you did is kept until --reset.",
        ]
    )
