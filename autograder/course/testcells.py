"""Proof that the test cells keep to what an examiner can do, who has only a handle on what the student wrote."""

import ast
import builtins
from collections.abc import Iterator, Sequence

from nbformat import NotebookNode

from autograder.cells.door import DOOR, has_door, rules_asked
from autograder.cells.metadata import checks_answer, is_courses, is_test, name_of
from autograder.cells.names import bound_and_read, python_of
from autograder.cells.withheld import is_answer
from autograder.checks.messages import _
from autograder.checks.unknown_rules import similar_rules
from autograder.course.faults import Fault


def misused_handles(file: str, source: NotebookNode) -> list[Fault]:
    """A fault for each use of `answer` other than calling it, passing it to a check, or comparing it."""
    return [
        Fault(file, name_of(cell), _("`{use}` does with an answer what an examiner can't do", use=use),
              _("Pass `answer.NAME` to a check, call it, or compare it, and nothing else"))
        for cell in filter(checks_answer, source.cells)
        for use in _misuses(ast.parse(python_of(cell.source), name_of(cell)))
    ]  # fmt: skip


def _misuses(tree: ast.Module) -> Iterator[str]:
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "answer":
            parent = parents[node]
            if not isinstance(parent, ast.Attribute) or not isinstance(parent.ctx, ast.Load):
                yield ast.unparse(parent)
        elif _is_handle(node) and not _is_allowed(node, parents):
            yield ast.unparse(parents[node])


def _is_handle(node: ast.AST) -> bool:
    """`answer.NAME`, or an instance made of it: what a call of a class (a capitalised name) gives."""
    match node:
        case ast.Attribute(value=ast.Name(id="answer")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="answer"), attr=name)):
            return name[0].isupper()
    return False


def _is_allowed(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    parent = parents[node]
    if isinstance(parent, ast.keyword) and parent.arg is not None:
        parent = parents[parent]
    match parent:
        case ast.Call(func=func):
            # isinstance, len, list, getattr ... look inside; a check's own function asks the student's process.
            return not (isinstance(func, ast.Name) and hasattr(builtins, func.id))
        case ast.Compare(ops=ops):
            return not any(isinstance(op, ast.In | ast.NotIn) for op in ops)  # `in` iterates
        case ast.Expr():
            return isinstance(node, ast.Call)  # an instance made for the sake of making it
    return False


def direct_uses(file: str, source: NotebookNode) -> list[Fault]:
    """A fault for each name of an answer that a test cell reads without `answer`."""
    answered = {name for cell in source.cells if is_answer(cell) for name in _names(cell)[0]}
    return [
        Fault(file, name_of(cell), _("it reaches `{name}` directly, which an examiner does not have", name=name),
              _("Write `answer.{name}`", name=name))
        for cell in filter(checks_answer, source.cells)
        for name in sorted(answered & _names(cell)[1])
    ]  # fmt: skip


def leftover_names(file: str, source: NotebookNode) -> list[Fault]:
    """A fault for each name that a test cell defines and a later cell uses."""
    faults: list[Fault] = []
    defined_by: dict[str, str] = {}
    for cell in source.cells:
        if cell.cell_type != "code":
            continue
        bound, used = _names(cell)
        faults += [
            Fault(file, name_of(cell),
                  _("it uses `{name}`, which test cell {cell} defines", name=name, cell=defined_by[name]),
                  _("Define it in a cell of the course before both"))
            for name in sorted(used & defined_by.keys())
        ]  # fmt: skip
        for name in bound:
            defined_by.pop(name, None)
            if checks_answer(cell):
                defined_by[name] = name_of(cell)
    return faults


def untagged_names(file: str, source: NotebookNode) -> list[Fault]:
    """A fault for each name that a test cell reads and that only a cell gives which the examiner does not run."""
    faults: list[Fault] = []
    given_by: dict[str, str] = {}
    for cell in _code_with_door(source):
        given, read = _names(cell)
        if is_test(cell) and read & DOOR:
            faults += [
                Fault(file, name_of(cell),
                      _("it uses `{name}`, which cell {cell} gives, and tests do not have: that cell is not tagged "
                        "`course`", name=name, cell=given_by[name]),
                      _("Tag cell {cell} `course`, or give `{name}` in one that is tagged so", name=name,
                        cell=given_by[name]))
                for name in sorted(read & given_by.keys() - DOOR)
            ]  # fmt: skip
        if is_test(cell) or is_courses(cell):
            given_by = {name: giver for name, giver in given_by.items() if name not in given}
        elif not is_answer(cell):
            given_by |= dict.fromkeys(given, name_of(cell))
    return faults


def unknown_rules(file: str, source: NotebookNode, known: Sequence[str]) -> list[Fault]:
    """A fault for each rule asked for, or summed up, that is not `known`; none where nothing is."""
    return [
        Fault(file, name_of(cell), _("there is no rule `check.{name}`", name=name),
              _("Similar names: {similar}", similar=similar) if (similar := similar_rules(name, known))
              else _("There are: {known}", known=tuple(known)))
        for cell in (_code_with_door(source) if known else ())
        for name in rules_asked(cell.source, name_of(cell))
        if name not in known
    ]  # fmt: skip


def _code_with_door(source: NotebookNode) -> list[NotebookNode]:
    """The cells of code of a notebook that has `answer` and `check` from this package; none of any other."""
    return [cell for cell in source.cells if cell.cell_type == "code"] if has_door(source) else []


def _names(cell: NotebookNode) -> tuple[frozenset[str], frozenset[str]]:
    return bound_and_read(cell.source, name_of(cell))
