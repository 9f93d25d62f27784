"""Wall 1, clause by clause: every clause of every rule opened and closed, in the running code."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.firewall import rule_for
from agencies.access.viewer import Viewer
from tests.proofs.oracle import Model

ALL_OR_NONE = {"NOTHING": NOTHING, "EVERYTHING": EVERYTHING}
RULES = {"Q", "within", "granted", "among", "decision_team", "front_door", "own_agency", *ALL_OR_NONE}
"""Names that stand for rows; what a module adds of its own begins with an underscore."""

Calls = dict[CodeType, set[tuple[Model, str]]]


@dataclass(frozen=True)
class Mutant:
    """One clause of one function, flipped."""

    function: FunctionType
    code: CodeType
    name: str


def functions_of(module: ModuleType) -> list[FunctionType]:
    """Return the functions that a module defines at its top."""
    own = [value for value in vars(module).values() if isinstance(value, FunctionType)]
    return [one for one in own if one.__module__ == module.__name__]


def mutants_of(function: FunctionType) -> Iterator[Mutant]:
    """Yield a function with one clause flipped at a time: rows opened or closed, a role or a condition out."""
    source = textwrap.dedent(inspect.getsource(function))
    count = len(list(_places(ast.parse(source))))
    for number in range(count):
        tree = ast.parse(source)
        place, replacement, name = list(_places(tree))[number]
        place(replacement)
        definition = next(one for one in tree.body if isinstance(one, ast.FunctionDef))
        definition.decorator_list = []
        module = ast.fix_missing_locations(ast.Module([definition], []))
        scope: dict[str, Any] = {}
        exec(compile(module, f"<{function.__name__} mutated>", "exec", dont_inherit=True, flags=FUTURE), scope)  # noqa: S102
        yield Mutant(function, scope[function.__name__].__code__, f"{function.__module__}.{function.__name__}: {name}")


@contextmanager
def in_place(mutant: Mutant) -> Iterator[None]:
    """Let everybody who calls the function meet the mutant, which knows all rows and none by name."""
    kept, names = mutant.function.__code__, mutant.function.__globals__
    lent = ALL_OR_NONE.keys() - names.keys()
    names.update({name: ALL_OR_NONE[name] for name in lent})
    mutant.function.__code__ = mutant.code
    try:
        yield
    finally:
        mutant.function.__code__ = kept
        for name in lent:
            del names[name]


def calls(models: list[Model], viewers: dict[str, Viewer]) -> Calls:
    """Return for each function in whose rules it is asked, and for whom."""
    found: Calls = {}
    for model in models:
        for name, viewer in viewers.items():

            def note(frame: FrameType, event: str, _arg: object, cell: tuple[Model, str] = (model, name)) -> None:
                if event == "call" and frame.f_code.co_filename.endswith(("visibility.py", "tables.py")):
                    found.setdefault(frame.f_code, set()).add(cell)

            sys.setprofile(note)
            try:
                rule_for(model)(viewer)
            finally:
                sys.setprofile(None)
    return found


Place = tuple[Callable[[ast.expr], None], ast.expr, str]
ANNOTATIONS = {"returns", "annotation", "decorator_list"}
FUTURE = 0x1000000
"""`from __future__ import annotations`, as the modules have it."""


def _places(tree: ast.AST) -> Iterator[Place]:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if field in ANNOTATIONS:
                continue
            if isinstance(value, ast.expr):
                yield from _flips(parent, value, partial(setattr, parent, field))
            elif isinstance(value, list):
                for number, one in enumerate(value):
                    if isinstance(one, ast.expr):
                        yield from _flips(parent, one, partial(value.__setitem__, number))


def _flips(parent: ast.AST, node: ast.expr, place: Callable[[ast.expr], None]) -> Iterator[Place]:
    words = ast.unparse(node)
    if _is_rows(node) and not isinstance(parent, ast.Call | ast.keyword):
        for name in ALL_OR_NONE:
            if words != name:
                yield place, ast.Name(name, ast.Load()), f"{words} -> {name}"
    elif isinstance(parent, ast.If | ast.IfExp) and node is parent.test:
        for value in (True, False):
            yield place, ast.Constant(value), f"{words} -> {value}"
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"viewer.has", "Q"}:
        yield from _without_one(node, place)


def _without_one(node: ast.Call, place: Callable[[ast.expr], None]) -> Iterator[Place]:
    """Take one role or one condition out of several."""
    given: list[Any] = [*node.args, *node.keywords]
    for one in given if len(given) > 1 else ():
        args = [kept for kept in node.args if kept is not one]
        keywords = [kept for kept in node.keywords if kept is not one]
        yield place, ast.Call(node.func, args, keywords), f"{ast.unparse(node)} without {ast.unparse(one)}"


def _is_rows(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr | ast.BitAnd) and _is_rows(node.left)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Invert) and _is_rows(node.operand)
    if isinstance(node, ast.IfExp):
        return _is_rows(node.body)
    name = node.func if isinstance(node, ast.Call) else node
    return isinstance(name, ast.Name) and (name.id in RULES or (isinstance(node, ast.Call) and name.id.startswith("_")))
