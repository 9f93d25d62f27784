"""Dependencies that stand idle: found by name, unless their line says what they are there for."""

from pathlib import Path

import pytest

from deploy.local import places
from deploy.local.idle import idle

PYPROJECT = """
[project]
dependencies = [
    "celery>=5",
    "whitenoise",
    "weasyprint",{reason}
]
[dependency-groups]
dev = [
    "djade",
    "ruff",
]
[tool.ruff]
line-length = 120
"""
STYLES = '{"dependencies": {"@ministryofjustice/frontend": "1", "sass": "1", "govuk-frontend": "1"}}'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a small project that imports one dependency, sets one, runs one and builds with two."""
    (tmp_path / "static" / "src").mkdir(parents=True)
    (tmp_path / "run").write_text("import os\n", encoding="utf-8")
    (tmp_path / "app.py").write_text("from celery import Celery\nTOOL = ['djade']\n", encoding="utf-8")
    (tmp_path / "settings.py").write_text("MIDDLEWARE = ['whitenoise.middleware.Wide']\n", encoding="utf-8")
    (tmp_path / "package.json").write_text(STYLES, encoding="utf-8")
    (tmp_path / "static" / "build.mjs").write_text('import { compile } from "sass";', encoding="utf-8")
    styles = '@use "node_modules/@ministryofjustice/frontend/moj";'
    (tmp_path / "static" / "src" / "app.scss").write_text(styles, encoding="utf-8")
    return tmp_path


def test_what_nothing_imports_sets_or_runs_is_named(root: Path) -> None:
    (root / "pyproject.toml").write_text(PYPROJECT.format(reason=""), encoding="utf-8")
    assert idle(root) == ["govuk-frontend", "ruff", "weasyprint"]


def test_a_reason_behind_the_line_lets_it_stay(root: Path) -> None:
    (root / "pyproject.toml").write_text(PYPROJECT.format(reason="  # to come: letters as PDF"), encoding="utf-8")
    assert idle(root) == ["govuk-frontend", "ruff"]


def test_nothing_of_this_project_stands_idle() -> None:
    assert idle(places.ROOT) == []
