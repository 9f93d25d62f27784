"""./run bench firewall: large hubs that are kept, and the price of the walls measured on them."""

import argparse
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.local import assets, places, progress
from deploy.local.failures import LaunchError
from deploy.local.postgres import SUPERUSER, Cluster
from deploy.local.processes import attend, finish
from deploy.local.serving import answers, gunicorn
from deploy.local.supervisor import Program, Supervisor
from deploy.local.surroundings import kept_secrets, only, without_ours
from deploy.local.valkey import free_port

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
TENTH = {"1k": "1k", "10k": "1k", "100k": "10k", "1m": "100k"}
"""Which size the growth is measured from; the smallest one has none."""
KEPT = Path(os.environ.get("MASH_BENCH_FOLDER") or places.DATA / "bench").resolve()
DATABASE = "mash"
UNGUARDED = "mash_unguarded"
# As a hub of this size would set them on a machine of this size; the journal does not wait for a disk while rows load.
MEMORY = {"shared_buffers": "1GB", "effective_cache_size": "4GB", "work_mem": "16MB", "max_connections": "40"}
LOADING = {"min_wal_size": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "30min", "autovacuum": "off"}
MADE_FROM = ("migrations", "sql")
ROWS = ("borough.py", "directory.py", "ending_rows.py", "hub_rows.py", "sharing_rows.py", "words.py")
WALLS = ("on", "off")


def run(arguments: list[str]) -> int:
    """Fill what is missing, measure, print, and return 1 if a goal is missed.

    Raises:
        LaunchError: A server did not start, or a table could not be filled.
    """
    options = parsed(arguments)
    sizes = list(dict.fromkeys([TENTH[options.size], options.size]))
    with ExitStack() as stack:
        stack.enter_context(held())
        assets.ensure()
        envs = {size: stack.enter_context(hub(size, options)) for size in sizes}
        with progress.step("Collecting the static files"):
            manage(only(envs[options.size], login="DATABASE_URL"), "collectstatic --no-input --verbosity=0")
        supervisor = Supervisor(KEPT / "logs")
        stack.callback(supervisor.stop)
        ports = {(size, walls): free_port() for size in sizes for walls in WALLS}
        with progress.step("Starting a web server for each size, with the walls and without"):
            supervisor.start([server(envs[size], size, walls, port) for (size, walls), port in ports.items()])
        hubs = {size: {"contacts": SIZES[size], "env": measured(envs[size], size, ports)} for size in sizes}
        env = {**envs[options.size], "MASH_BENCH_HUBS": json.dumps(hubs)}
        return attend(places.python("-m", "benchmarks.firewall", *passed_on(options)), env=env)


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read the options of the command line."""
    parser = argparse.ArgumentParser(prog="./run bench firewall", description="Measure what need-to-know costs.")
    parser.add_argument("--size", choices=SIZES, default="1m", help="how many contacts (1m); growth is from a tenth")
    parser.add_argument("--again", action="store_true", help="fill anew what is kept")
    parser.add_argument("--migrate", action="store_true", help="bring what is kept up to date instead of filling anew")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--times", type=int, default=200, help="how often each page is fetched (200)")
    parser.add_argument("--seconds", type=float, default=180, help="after which a slow page is fetched less (180)")
    parser.add_argument(
        "--pages", default="", help="measure only pages whose name holds these words, such as 'my work'"
    )
    parser.add_argument("--plans", type=Path, help="also write the plans of the lists' statements to this file")
    return parser.parse_args(arguments)


def passed_on(options: argparse.Namespace) -> list[str]:
    """Return the options of the measuring program."""
    files = [
        part for name in ("json", "plans") if (file := getattr(options, name)) for part in (f"--{name}", str(file))
    ]
    return [f"--times={options.times}", f"--seconds={options.seconds}", f"--pages={options.pages}", *files]


@contextmanager
def held() -> Iterator[None]:
    """Hold what is kept against a second run beside this one.

    Raises:
        LaunchError: Another run holds it.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LaunchError("This benchmark already runs in another terminal.") from None
        yield


@contextmanager
def hub(size: str, options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Give the environment of a filled hub, whose server runs for as long as the caller stays inside."""
    folder = KEPT / size
    stamp = folder / "made-from"
    if options.again or not stamp.exists() or not (options.migrate or places.stamp_matches(stamp, made_from())):
        fill(size, folder, stamp)
    with cluster(folder, MEMORY, durable=True) as env:
        if not places.stamp_matches(stamp, made_from()):
            with progress.step(f"Bringing {size} up to date"):
                prepare(env)
            stamp.write_text(made_from(), encoding="utf-8")
        yield env


def fill(size: str, folder: Path, stamp: Path) -> None:
    """Make a hub of this size anew: the product's migrations, the directory, then the rows."""
    stamp.unlink(missing_ok=True)
    shutil.rmtree(Cluster(folder).tables, ignore_errors=True)
    began = time.monotonic()
    print(f"  Filling {size} (kept in {KEPT.name}/{size} for later runs)", flush=True)
    with cluster(folder, {**MEMORY, **LOADING}, durable=False) as env:
        prepare(env)
        load = places.python("-m", "benchmarks.firewall.filling", str(SIZES[size]))
        if attend(load, env={**env, "DATABASE_URL": env["MASH_BENCH_ADMIN_URL"]}):
            raise LaunchError(f"The tables of {size} were not filled.")
    stamp.write_text(made_from(), encoding="utf-8")
    print(f"  Filled {size} in {time.monotonic() - began:.0f} s", flush=True)


@contextmanager
def cluster(folder: Path, settings: Mapping[str, str], *, durable: bool) -> Iterator[dict[str, str]]:
    """Start a server and give the environment of its hub."""
    server = Cluster(folder, durable=durable)
    server.flags |= settings
    server.start()
    try:
        yield {
            **without_ours(os.environ),
            **kept_secrets(KEPT / "secrets"),
            **server.settings(DATABASE),
            "DJANGO_SETTINGS_MODULE": "mash.settings.local",
            "MASH_STATIC_ROOT": str(KEPT / "static"),
            "MASH_BENCH_ADMIN_URL": server.url(SUPERUSER, DATABASE),
            "MASH_BENCH_UNGUARDED_URL": server.url(UNGUARDED, DATABASE),
        }
    finally:
        server.stop()


def prepare(env: Mapping[str, str]) -> None:
    """Make the roles, run the migrations, and make the role that no policy holds."""
    finish(places.python("-m", "deploy.bootstrap"), env=env, cwd=places.ROOT, failing="No roles were made.")
    manage(only(env, login="MASH_OWNER_DATABASE_URL"), "migrate --no-input --verbosity=0", "install_identity_key")
    make_unguarded(env["MASH_BENCH_ADMIN_URL"])


def make_unguarded(admin_url: str) -> None:
    """Make a login with the web role's rights on tables, and without row-level security."""
    from contextlib import closing

    from psycopg2 import sql

    from deploy.bootstrap import SILENT, Role, connect, make_role

    with closing(connect(admin_url)) as connection, connection.cursor() as cursor:
        make_role(cursor, Role(UNGUARDED, "the bench's", bypasses_policies=True, settings=SILENT), None)
        name = sql.Identifier(UNGUARDED)
        cursor.execute(sql.SQL("ALTER ROLE {} INHERIT").format(name))
        cursor.execute(sql.SQL("GRANT mash_web TO {} WITH INHERIT TRUE").format(name))
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(DATABASE), name))


def manage(env: Mapping[str, str], *commands: str) -> str:
    """Run Django commands in one process."""
    command = places.python("-m", "deploy.local.django_commands", *commands)
    return finish(command, env=env, cwd=places.ROOT, failing=f"This failed: {'; '.join(commands)}.")


def made_from() -> str:
    """Return one hash over what the tables are made from: migrations, their SQL, and the rows' own program."""
    folders = [path for name in MADE_FROM for path in sorted(places.ROOT.glob(f"*/**/{name}")) if not hidden(path)]
    return places.fingerprint([*folders, *(places.ROOT / "benchmarks" / "firewall" / name for name in ROWS)])


def hidden(path: Path) -> bool:
    """Say whether a folder is no part of the product's code."""
    return any(part.startswith(".") or part == "node_modules" for part in path.relative_to(places.ROOT).parts)


def server(env: Mapping[str, str], size: str, walls: str, port: int) -> Program:
    """Return a web server with the walls on or off: one worker with one thread, so that each request is alone."""
    command = [*gunicorn(port)[:-1], "--threads=1", "--max-requests=0", "benchmarks.firewall.serving:application"]
    login = "DATABASE_URL" if walls == "on" else "MASH_BENCH_UNGUARDED_URL"
    own = {**only(env, login=login), "WEB_CONCURRENCY": "1", "MASH_BENCH_WALLS": walls}
    return Program(f"{size}-{walls}", command, own, lambda _log: answers(port))


def measured(env: Mapping[str, str], size: str, ports: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Return what the measuring program needs to know of one hub: its logins and the addresses of its servers."""
    names = ("DATABASE_URL", "MASH_BENCH_ADMIN_URL", "MASH_BENCH_UNGUARDED_URL")
    urls = {name: env[name] for name in names}
    return urls | {f"MASH_BENCH_ADDRESS_{walls.upper()}": f"127.0.0.1:{ports[size, walls]}" for walls in WALLS}
