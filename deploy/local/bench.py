"""./run bench: a benchmark program on the demo's database, as the web role; `firewall` has hubs of its own."""

from deploy.local import hub, places
from deploy.local.failures import LaunchError
from deploy.local.processes import attend
from deploy.local.surroundings import only

OF_THE_OWNER = {"install"}
"""Programs that do what an upgrade does, on a connection of their own."""
NOT_PROGRAMS = {"__init__.py", "__pycache__", "results"}


def run(arguments: list[str]) -> int:
    """Run one program of `benchmarks/` and return its status.

    Raises:
        LaunchError: No program is named, or there is none of that name.
    """
    programs = (places.ROOT / "benchmarks").iterdir()
    known = sorted(path.stem for path in programs if path.name not in NOT_PROGRAMS and path.suffix in {"", ".py"})
    if arguments[:1] == ["firewall"]:
        from deploy.local import bench_firewall

        return bench_firewall.run(arguments[1:])
    if arguments[:1] == ["matching"]:
        from deploy.local import bench_matching

        return bench_matching.run(arguments[1:])
    if not arguments or arguments[0] not in known:
        raise LaunchError(f"Say which one: {', '.join(known)}. For example: ./run bench {known[0]}")
    with hub.servers() as env:
        web = only(env, login="DATABASE_URL") | {"MASH_DEMO": "1"}
        if arguments[0] in OF_THE_OWNER:
            web["MASH_BENCH_OWNER_URL"] = env["MASH_OWNER_DATABASE_URL"]
        return attend(places.python("-m", f"benchmarks.{arguments[0]}", *arguments[1:]), env=web)
