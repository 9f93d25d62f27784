"""What tests may not do: slip past the second wall unsaid, or assert what hardly can fail."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
Node = TypeVar("Node", bound=ast.AST)
TESTS = sorted(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))
SLIPS_BY = re.compile(
    r"with_path\(ADMIN_URL, DATABASE\)|session_replication_role|logged_in_as\([^)]*postgres|BYPASSRLS"
)
"""Ways past the second wall: as the superuser into a worker's database, or with triggers or policies off."""

SAY_SO = {
    "tests/walls.py": "the way past the walls itself",
    "tests/database.py": "makes the role that sets the scenes",
    "tests/proofs/sweeping.py": "hands the address to `pg_dump`, which reads every row",
    "tests/access/test_raw_sql.py": "statements that are refused to an attacker",
    "tests/access/test_standing.py": "a role that could pass, and that is found",
    "tests/deploy/test_bootstrap.py": "rights that the next start takes back",
    "tests/agencies/test_beginning.py": "a hub without its directory",
    "tests/architecture/test_tests.py": "the pattern",
}


def test_who_passes_the_walls_says_so() -> None:
    """Every other test is somebody; what is written or read behind the policies goes through `past_the_walls`."""
    found = {str(path) for path in TESTS if SLIPS_BY.search((ROOT / path).read_text(encoding="utf-8"))}
    assert found == set(SAY_SO)


@cache
def pieces() -> list[tuple[Path, ast.AST]]:
    """Return every piece of the tests' code, with its file."""
    return [(path, one) for path in TESTS for one in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))]


def found_in_tests(kind: type[Node]) -> Iterator[tuple[Path, Node]]:
    """Yield those of a kind."""
    for path, node in pieces():
        if isinstance(node, kind):
            yield path, node


def takes_one_of_several(test: ast.expr) -> bool:
    """Say whether an assertion takes either of two sides, or a status or an empty list among others."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return True
    for node in ast.walk(test):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.LtE):
            among = node.comparators[0]
            statuses = isinstance(node.left, ast.Attribute) and node.left.attr == "status_code"
            lists = isinstance(among, ast.Tuple | ast.List) and any(isinstance(one, ast.List) for one in among.elts)
            if (statuses and not isinstance(among, ast.Constant)) or lists:
                return True
    return False


EITHER = {
    "tests/architecture/test_models.py": "a key is a UUID, or refers to one",
    "tests/architecture/test_addresses.py": "every public address by every method",
    "tests/architecture/test_work.py": "a section offers one of three kinds of move",
}


def test_an_assertion_takes_one_answer() -> None:
    found = [(path, node.lineno) for path, node in found_in_tests(ast.Assert) if takes_one_of_several(node.test)]
    assert [f"{path}:{line}" for path, line in found if str(path) not in EITHER] == []


def only_asks_for_200(function: ast.FunctionDef) -> bool:
    """Say whether all that a test asserts is that pages answer."""
    tests = [ast.unparse(node.test) for node in ast.walk(function) if isinstance(node, ast.Assert)]
    counts = "num_queries" in ast.unparse(function)
    return bool(tests) and not counts and all(re.search(r"status_code == 200$", one) for one in tests)


def test_no_test_is_content_with_an_answer() -> None:
    tests = [one for one in found_in_tests(ast.FunctionDef) if one[1].name.startswith("test_")]
    assert [f"{path}:{node.lineno}" for path, node in tests if only_asks_for_200(node)] == []


def test_no_failure_is_swallowed() -> None:
    """Nothing is caught and passed over: what a test expects to fail stands in `pytest.raises`."""
    caught = found_in_tests(ast.ExceptHandler)
    passed_over = [place for place in caught if all(isinstance(one, ast.Pass) for one in place[1].body)]
    assert [f"{path}:{node.lineno}" for path, node in passed_over] == []
