"""./run test: the whole suite on servers of its own, which vanish with it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.local import assets, places, postgres, scratch, template, valkey
from deploy.local.processes import attend, finish
from deploy.local.surroundings import made_secrets, without_ours


def run(arguments: list[str]) -> int:
    """Run pytest with these arguments and return its status."""
    assets.ensure()
    with servers() as env:
        return attend(places.python("-m", "pytest", *parallel(arguments), *left_out(arguments), *arguments), env=env)


def parallel(arguments: list[str]) -> list[str]:
    """Return how many workers to use: all processors for the whole suite, none for a named part.

    A named part is over before a second worker has started, and can be debugged.
    """
    chosen = any(a == "-n" or a.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for a in arguments)
    workers = min(os.cpu_count() or 1, 8)
    return [] if chosen or names_a_part(arguments) or workers == 1 else ["-n", str(workers), "--dist", "worksteal"]


def left_out(arguments: list[str]) -> list[str]:
    """Leave the proofs to `./run prove`, unless a part is named: `./run test tests/proofs` runs their short form."""
    return [] if names_a_part(arguments) else ["--ignore=tests/proofs"]


def names_a_part(arguments: list[str]) -> bool:
    """Say whether the arguments name a file or folder of tests."""
    return any(not a.startswith("-") and Path(a.split("::")[0]).exists() for a in arguments)


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Valkey in a temporary folder and give the environment of the tests.

    The tables of the last run are taken over when they are up to date, and kept
    for the next run when they were made in this one.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(scratch.folder())
        cluster = postgres.Cluster(folder, durable=False)
        secrets = template.take(cluster.tables)
        if secrets is not None:
            (folder / "template.migrated").touch()
        stack.callback(cluster.remove)
        cluster.start()
        queue = valkey.Server(folder, durable=False)
        stack.callback(queue.stop)
        queue.start()
        made = secrets or made_secrets()
        env = environment(cluster, queue, folder) | made
        finish(places.python("-m", "deploy.bootstrap"), env=env, cwd=places.ROOT, failing="The roles were not made.")
        yield env
        if secrets is None:
            template.keep(cluster, folder, made)


def environment(cluster: postgres.Cluster, queue: valkey.Server, folder: Path) -> dict[str, str]:
    """Return the environment of the tests, without their secrets."""
    return {
        **without_ours(os.environ),
        **cluster.settings(template.DATABASE),
        "MASH_REDIS_URL": queue.url(),
        "DJANGO_SETTINGS_MODULE": "mash.settings.test",
        "MASH_TEST_FOLDER": str(folder),
        "MASH_PROOF_QUICK": "1",
    }
