"""Processes by the kernel's list: who descends from whom, and who still runs."""

from pathlib import Path


def descendants(pid: int) -> set[int]:
    """Return every process below one, by the kernel's list."""
    children: dict[int, set[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (state := parent_and_state(int(entry.name))):
            children.setdefault(state[0], set()).add(int(entry.name))
    found: set[int] = set()
    waiting = {pid}
    while waiting:
        below = children.get(waiting.pop(), set()) - found
        found |= below
        waiting |= below
    return found


def parent_and_state(pid: int) -> tuple[int, str] | None:
    """Return a process's parent and state letter, or nothing when it is gone."""
    try:
        state, parent = Path("/proc", str(pid), "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(parent), state


def alive(pids: set[int]) -> set[int]:
    """Return those that still run; one that only waits to be counted does not."""
    return {pid for pid in pids if (state := parent_and_state(pid)) and state[1] != "Z"}
