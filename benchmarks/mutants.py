"""Answers with one fault each: changes of a right answer's syntax tree, as mutation testing makes them."""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy

Change = Callable[[ast.AST], ast.AST | None]  # of a node: what stands there instead, or None where it does not apply

OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.FloorDiv, ast.MatMult: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Delete)


def mutants(source: str) -> list[str]:
    """The faulty versions of an answer, each once; of one that is no Python, those that need no syntax tree."""
    found = dict.fromkeys([*_of_the_tree(source), f"{source}\n)", "pass"])
    return [each for each in found if each.strip() != source.strip()]


def _of_the_tree(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for change in CHANGES:
        for parent, name, index in _places(tree):
            node = _get(parent, name, index)
            if (new := change(node)) is not None:
                _put(parent, name, index, new)
                yield ast.unparse(tree)
                _put(parent, name, index, node)


def _places(tree: ast.AST) -> list[tuple[ast.AST, str, int | None]]:
    """Where a node stands in another: in a field of it, or in a list there."""
    found = []
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                found.append((parent, name, None))
            elif isinstance(value, list):
                found += [(parent, name, index) for index, node in enumerate(value) if isinstance(node, ast.AST)]
    return found


def _get(parent: ast.AST, name: str, index: int | None) -> ast.AST:
    value = getattr(parent, name)
    return value if index is None else value[index]


def _put(parent: ast.AST, name: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[index] = node


def _constant(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.Constant(value=bool(value)):
            return ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            return ast.Constant(value + 1)
        case ast.Constant(value=str(value)):
            return ast.Constant(f"{value}?")
    return None


def _operator(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return ast.BinOp(left, OPERATORS[type(op)](), right)
        case ast.BoolOp(op=op, values=values):
            return ast.BoolOp(OPERATORS[type(op)](), values)
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            return operand
    return None


def _comparison(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.Compare(left=left, ops=[op, *rest], comparators=comparators):
            return ast.Compare(left, [COMPARISONS[type(op)](), *rest], comparators)
    return None


def _off_by_one(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.Call(func=ast.Name(id="range"), args=[*first, last], keywords=keywords):
            return ast.Call(node.func, [*first, ast.BinOp(last, ast.Add(), ast.Constant(1))], keywords)
        case ast.Return(value=ast.expr() as value):
            return ast.Return(ast.BinOp(value, ast.Add(), ast.Constant(1)))
    return None


def _deleted(node: ast.AST) -> ast.AST | None:
    return ast.Pass() if isinstance(node, SIMPLE) else None


def _nothing(node: ast.AST) -> ast.AST | None:
    return ast.Return(ast.Constant(None)) if isinstance(node, ast.Return) and node.value is not None else None


def _stopped_by(statement: str) -> Change:
    return lambda node: ast.parse(statement).body[0] if isinstance(node, SIMPLE) else None


def _with(statement: str) -> Change:
    def change(node: ast.AST) -> ast.AST | None:
        if isinstance(node, ast.FunctionDef):
            node = deepcopy(node)
            node.body.insert(0, ast.parse(statement).body[0])
            return node
        return None

    return change


def _renamed(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            node = deepcopy(node)
            node.name += "_"
            return node
        case ast.Name(id=name, ctx=ast.Store()):
            return ast.Name(f"{name}_", ast.Store())
    return None


CHANGES: tuple[Change, ...] = (
    _constant,
    _operator,
    _comparison,
    _off_by_one,
    _deleted,
    _nothing,
    _renamed,
    _stopped_by("raise ValueError('a fault')"),
    _stopped_by("raise SystemExit"),
    _with("print('seen')"),
    _with("__import__('sys').stderr.write('seen')"),
    _with("__import__('warnings').warn('seen')"),
)
