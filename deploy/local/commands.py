"""What ./run can do, and how it says so."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence

from deploy.local import environment, places, progress
from deploy.local.failures import LaunchError

USAGE = """\
A front door for multi-agency safeguarding. Everything is started from here:

  ./run demo [--port 8000] [--reset]    a whole hub on this machine, with an invented borough in it
  ./run hub [--port 8000] [--reset]     a hub to work in, with nothing invented in it; ./run hub manage COMMAND ...
  ./run hub backup FOLDER               a backup of that hub; restore FILE brings one back, drill FILE tries it
  ./run test [pytest arguments]         the tests, on servers of their own; a part: ./run test tests/contacts
  ./run prove [--json FILE] [--quick]   the proofs, every figure beside its goal
  ./run drill [--json FILE] [--quick]   faults on real processes: killed workers, a queue that flaps, poison, slow mail
  ./run nightly [--steps 100000]        hubs that are lived in for a night; a file keeps their seeds and figures
  ./run lint [check ...]                every check of the code; one of them: ./run lint ruff
  ./run manage COMMAND ...              a Django command, on the demo's database unless DATABASE_URL is set
  ./run bench pages [--json FILE]       how many queries and milliseconds each page of the running demo takes
  ./run bench firewall [--size 1m]      what need-to-know costs on a hub of a million contacts, kept for later runs
  ./run bootstrap                       the database and its roles, with MASH_ADMIN_DATABASE_URL

It needs Python 3.11 or later with its venv module, and a network the first time. Stop demo and hub with Ctrl-C.
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit status; a failure of ours is one sentence."""
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    if name in ("help", "-h", "--help"):
        print(USAGE, end="")
        return 0
    if name not in COMMANDS:
        print(f'"{name}" is not one of the commands.\n\n{USAGE}', end="", file=sys.stderr)
        return 2
    try:
        return started(name, rest)
    except LaunchError as problem:
        return refused(str(problem), 1)
    except OSError as problem:
        return refused(worded(problem), 1)
    except KeyboardInterrupt:
        return refused("Stopped.", 130)


def started(name: str, arguments: list[str]) -> int:
    """Run one command inside the project's environment and return its status."""
    groups, command = COMMANDS[name]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    os.chdir(places.ROOT)
    progress.begin()
    environment.ensure(groups)
    environment.enter([name, *arguments])
    return command(arguments)


def refused(sentence: str, status: int) -> int:
    """Tell the person why it ends, and return the exit status."""
    print(f"\n{sentence}", file=sys.stderr)
    return status


def interrupt(_number: int, _frame: object) -> None:
    """End like Ctrl-C: everything that was started is stopped."""
    raise KeyboardInterrupt


def worded(problem: OSError) -> str:
    """Word what the operating system refused.

    Raises:
        OSError: It is something that only its traceback explains.
    """
    if isinstance(problem, PermissionError):
        return (
            f"{problem.filename or 'A file'} is not writable for this user. It was probably made by another user, "
            "for example in an earlier start as root: start as that user, or delete it."
        )
    if problem.errno == errno.ENOSPC:
        return "The disk is full. Make room and start again; nothing is lost."
    raise problem


def run_demo(arguments: list[str]) -> int:
    """Start the demo hub and stay until it is stopped."""
    from deploy.local import demo  # the commands' modules need the environment, which is there only now

    return demo.run(arguments)


def run_hub(arguments: list[str]) -> int:
    """Start a hub to work in and stay until it is stopped."""
    from deploy.local import real_hub

    return real_hub.run(arguments)


def run_tests(arguments: list[str]) -> int:
    """Run the tests."""
    from deploy.local import suite

    return suite.run(arguments)


def run_checks(arguments: list[str]) -> int:
    """Run the checks of the code."""
    from deploy.local import lint

    return lint.run(arguments)


def run_proofs(arguments: list[str]) -> int:
    """Run the proofs of the firewall."""
    from deploy.local import prove

    return prove.run(arguments)


def run_drill(arguments: list[str]) -> int:
    """Break real processes and see what holds."""
    from deploy.local import drill

    return drill.run(arguments)


def run_nightly(arguments: list[str]) -> int:
    """Run the proof that nobody falls through for a night."""
    from deploy.local import nightly

    return nightly.run(arguments)


def run_manage(arguments: list[str]) -> int:
    """Run a Django command."""
    from deploy.local import manage

    return manage.run(arguments)


def run_benchmark(arguments: list[str]) -> int:
    """Run a benchmark program."""
    from deploy.local import bench

    return bench.run(arguments)


def run_bootstrap(arguments: list[str]) -> int:
    """Make the database roles."""
    from deploy.local import processes

    return processes.attend(places.python("-m", "deploy.bootstrap", *arguments), env=os.environ)


COMMANDS: dict[str, tuple[str, Callable[[list[str]], int]]] = {
    "demo": ("demo", run_demo),
    "hub": ("demo", run_hub),
    "test": ("all", run_tests),
    "prove": ("all", run_proofs),
    "drill": ("all", run_drill),
    "nightly": ("all", run_nightly),
    "lint": ("all", run_checks),
    "manage": ("demo", run_manage),
    "bench": ("demo", run_benchmark),
    "bootstrap": ("demo", run_bootstrap),
}
