"""./run lint docs: each kind of untruth is found, and what is so is left alone."""

from pathlib import Path

import pytest

from deploy.local import places
from deploy.local.documents import mistakes

TRUE = """
# A page of its own

See [the other](other.md#second-part) and [above](#a-page-of-its-own), or [the web](https://example.org/nowhere).
`stage/rules.py`, `<app>/rules.py`, `stage/`, `.data/demo/seals.jsonl`, `wherever/it_is.py`.

```
./run prove [--quick]      what comes after two blanks is no part of it
./run manage audit_verify --seals FILE
PROOF_SEED=7 ./run prove ...
docker compose run --rm web python manage.py check_keys
./run lint ruff imports
./run bench firewall [--size 1m]
```
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one package, one setting and two documents, in which everything is so."""
    (tmp_path / "stage").mkdir()
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / "stage" / "rules.py").write_text('SEED = "PROOF_SEED"\n', encoding="utf-8")
    (tmp_path / "docs" / "other.md").write_text("## Second part\n", encoding="utf-8")
    (tmp_path / "docs" / "page.md").write_text(TRUE, encoding="utf-8")
    return tmp_path


def test_what_is_so_is_left_alone(root: Path) -> None:
    assert mistakes(root) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("[there](gone.md)", "the link to gone.md leads nowhere."),
        ("[there](other.md#third)", "other.md has no heading #third."),
        ("[there](#third)", "the page has no heading #third."),
        ("`stage/gone.py`", "there is no stage/gone.py."),
        ("`<app>/gone.py`", "there is no <app>/gone.py."),
        ("`./run swim`", "./run has no command swim."),
        ("`./run demo --deep`", "./run demo has no option --deep."),
        ("`./run lint spelling`", "./run lint has no check spelling."),
        ("`./run prove twinz`", "there is no proof twinz."),
        ("`./run bench walls`", "./run bench has no program walls."),
        ("`./run manage seal_log`", "./run manage has no command seal_log."),
        ("`python manage.py audit_verify --seal x`", "./run manage audit_verify has no option --seal."),
        ("`MASH_DEPTH`", "nothing reads a setting MASH_DEPTH."),
    ],
)
def test_what_is_not_so_is_found(root: Path, said: str, found: str) -> None:
    (root / "docs" / "page.md").write_text(TRUE + said, encoding="utf-8")
    assert mistakes(root) == [f"docs/page.md: {found}"]


def test_what_was_may_name_what_is_no_more(root: Path) -> None:
    (root / "docs" / "adr" / "0001.md").write_text("`stage/gone.py`, `./run swim`, [x](gone.md)", encoding="utf-8")
    assert mistakes(root) == ["docs/adr/0001.md: the link to gone.md leads nowhere."]


def test_everything_that_our_documents_say_is_so() -> None:
    assert mistakes(places.ROOT) == []
