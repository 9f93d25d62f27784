"""./run demo: a whole hub on this machine, from the locked packages to READY."""

import argparse
from contextlib import ExitStack

from deploy.local import assets, hub, places, progress, serving
from deploy.local.supervisor import Server, supervised
from deploy.local.surroundings import only
from deploy.local.valkey import free_port

MAIL = places.DEMO / "mail"
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
    serving.require_free(options.port, "demo")
    with ExitStack() as stack:
        hub.require_held(stack, hub.DEMO)
        if options.reset:
            hub.reset(hub.DEMO)
        assets.ensure()
        with progress.step("Starting PostgreSQL and Valkey, making the database roles"):
            own: dict[str, Server] = {}
            env = stack.enter_context(hub.started(hub.DEMO, addresses(options.port, free_port()), own=own))
        welcome = furnish(env)
        supervisor = supervised(LOGS, own)
        stack.callback(supervisor.stop)
        with progress.step("Starting web, worker, beat and mail"):
            supervisor.start(serving.programs(env, options.port, mail=MAIL))
        print(ready(env["MASH_PUBLIC_URL"], welcome), flush=True)
        try:
            supervisor.watch()
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read the options of the command line."""
    parser = argparse.ArgumentParser(prog="./run demo", description="Start a whole hub on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="where the pages are served (8000)")
    parser.add_argument("--reset", action="store_true", help="begin anew: delete what the demo kept")
    return parser.parse_args(arguments)


def addresses(port: int, mail_port: int) -> dict[str, str]:
    """Return the settings that make this hub a demo: where it is reached, and where it sends its mail."""
    return {
        "MASH_DEMO": "1",
        "MASH_DEMO_MAIL_DIR": str(MAIL),
        "MASH_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "MASH_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MASH_ALLOWED_HOSTS": "127.0.0.1,localhost",
    }


def furnish(env: dict[str, str]) -> str:
    """Migrate, load the invented borough and collect the static files; return the list of demo accounts."""
    owner = only(env, login="MASH_OWNER_DATABASE_URL")
    web = only(env, login="DATABASE_URL")
    with progress.step("Bringing the tables up to date"):
        serving.manage(owner, *serving.MIGRATING)
    with progress.step("Loading the demo hub and collecting the static files"):
        return serving.manage(web, serving.COLLECTING, "load_demo --verbosity=0", "demo_accounts")


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
