"""./run bench: a benchmark program on the demo's database, as the web role."""

from deploy.local import hub, places
from deploy.local.failures import LaunchError
from deploy.local.processes import attend
from deploy.local.surroundings import only


def run(arguments: list[str]) -> int:
    """Run one program of `benchmarks/` and return its status.

    Raises:
        LaunchError: No program is named, or there is none of that name.
    """
    known = sorted(path.stem for path in (places.ROOT / "benchmarks").glob("*.py") if path.stem != "__init__")
    if not arguments or arguments[0] not in known:
        raise LaunchError(f"Say which one: {', '.join(known)}. For example: ./run bench {known[0]}")
    with hub.servers() as env:
        web = only(env, login="DATABASE_URL") | {"MASH_DEMO": "1"}
        return attend(places.python("-m", f"benchmarks.{arguments[0]}", *arguments[1:]), env=web)
