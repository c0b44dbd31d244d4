"""The mutations: one small change each to the syntax tree of a module, told by line and what was written.

Tables count as code: the rules of this house stand in sets and dictionaries, so each of their members goes
once. Docstrings and the sentences of messages are left alone.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_OTHER: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutation:
    """`source` is the whole mutated module; `before` and `after` are the smallest statement or expression."""

    line: int
    before: str
    after: str
    source: str

    @property
    def told(self) -> str:
        return f"{self.before} -> {self.after}"


def mutations(source: str) -> Iterator[Mutation]:
    """Every mutation of a module, in the order of its lines."""
    tree = ast.parse(source)
    silent = set(_silent(tree))
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in silent:
            continue
        for change in range(_count(node)):
            changed = copy.deepcopy(tree)
            there = _nth(changed, number)
            before = _shown(there)
            there = _change(there, change)
            after = _shown(there)
            if before != after:
                line = getattr(node, "lineno", 0)
                yield Mutation(line, before, after, ast.unparse(ast.fix_missing_locations(changed)))


def _shown(node: ast.AST) -> str:
    return f"if {ast.unparse(node.test)}" if isinstance(node, ast.If) else ast.unparse(node)


def _nth(tree: ast.AST, number: int) -> ast.AST:
    for index, node in enumerate(ast.walk(tree)):
        if index == number:
            return node
    raise IndexError(number)


def _silent(tree: ast.AST) -> Iterator[int]:
    """Nodes that are left alone: docstrings, annotations, messages, what a dataclass is declared with."""
    for node in ast.walk(tree):
        quiet: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet = [node.value]
        elif isinstance(node, ast.JoinedStr | ast.Raise):
            quiet = [node]
        elif isinstance(node, ast.AnnAssign | ast.arg):
            quiet = [node.annotation] if node.annotation else []
        elif isinstance(node, ast.FunctionDef):
            quiet = [*node.decorator_list, *([node.returns] if node.returns else [])]
        elif isinstance(node, ast.ClassDef):
            quiet = list(node.decorator_list)
        for one in quiet:
            yield from (id(below) for below in ast.walk(one))


def _members(node: ast.AST) -> list[ast.expr]:
    """The members of a table: a set, a tuple, a list of constants or of names."""
    return list(node.elts) if isinstance(node, ast.Set | ast.Tuple | ast.List) and _loads(node) else []


def _loads(node: ast.Set | ast.Tuple | ast.List) -> bool:
    return isinstance(node, ast.Set) or isinstance(node.ctx, ast.Load)


def _count(node: ast.AST) -> int:  # noqa: PLR0911 - one line a kind
    if isinstance(node, ast.Compare):
        return len(_OTHER.get(type(node.ops[0]), ())) if len(node.ops) == 1 else 0
    if isinstance(node, ast.BoolOp):
        return 1
    if isinstance(node, ast.BinOp):
        return len(_OTHER.get(type(node.op), ()))
    if isinstance(node, ast.UnaryOp):
        return int(isinstance(node.op, ast.Not))
    if isinstance(node, ast.Constant):
        return int(isinstance(node.value, str | int))
    if isinstance(node, ast.Return):
        return int(node.value is not None and not isinstance(node.value, ast.Constant))
    if isinstance(node, ast.If | ast.IfExp):
        return 2
    if isinstance(node, ast.Dict):
        return len(node.keys)
    if isinstance(node, ast.Name):
        return int(node.id in _NAMES and isinstance(node.ctx, ast.Load))
    return len(_members(node))


def _change(node: ast.AST, change: int) -> ast.AST:
    """Change a node in place; returns it."""
    if isinstance(node, ast.Compare):
        node.ops[0] = _OTHER[type(node.ops[0])][change]()  # type: ignore[call-overload]
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        node.op = _OTHER[type(node.op)][change]()  # type: ignore[assignment]
    elif isinstance(node, ast.UnaryOp):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant):
        node.value = _other_value(node.value)
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(None)
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.Constant(bool(change))
    elif isinstance(node, ast.Dict):
        del node.keys[change], node.values[change]
    elif isinstance(node, ast.Name):
        node.id = _NAMES[node.id]
    elif isinstance(node, ast.Set | ast.Tuple | ast.List):
        del node.elts[change]
        if isinstance(node, ast.Set) and not node.elts:
            node.elts = [ast.Starred(ast.Tuple([], ast.Load()), ast.Load())]
    return node


def _other_value(value: object) -> str | int:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}~"
