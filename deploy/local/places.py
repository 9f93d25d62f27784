"""Where the launcher keeps things, seen from the project's folder."""

import os
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOT = ROOT / ".boot"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DATA = ROOT / ".data"
BYTECODE = ROOT / ".cache" / "bytecode"
# A second one of the same copy, for example in the tests, keeps its things in a folder of its own.
DEMO = Path(os.environ.get("MASH_DEMO_FOLDER") or DATA / "demo").resolve()
HUB = Path(os.environ.get("MASH_HUB_FOLDER") or DATA / "hub").resolve()


def tool(name: str, *arguments: str | Path) -> list[str]:
    """Return the command line of a program of the project's environment."""
    return [str(VENV / "bin" / name), *map(str, arguments)]


def python(*arguments: str | Path) -> list[str]:
    """Return the command line of the environment's Python."""
    return tool("python", *arguments)


def fingerprint(paths: list[Path]) -> str:
    """Return one hash over the names and contents of files, and of all files below folders.

    A file that is not there counts as empty, so that its coming changes the hash.
    """
    digest = sha256()
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            digest.update(f"{file.relative_to(ROOT)}\0".encode())
            digest.update(file.read_bytes() if file.is_file() else b"")
            digest.update(b"\0")
    return digest.hexdigest()


def stamp_matches(stamp: Path, value: str) -> bool:
    """Say whether a stamp file holds this value."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == value
