"""Whether a question that becomes an error is a tightening: only where the opinion counts errors as gravely as questions.

`directions.ABOVE` has an error above a question. The opinion follows from the table of the ruler, though, and a table may hold
open questions to be graver: there a layer that turns one into the other would make the opinion milder.
"""

from __future__ import annotations

from typing import Any

from verify.formula import Tree, names
from verify.ruler.resolved import Ruler

_GRAVITY = ("unmodified", "modified", "adverse", "disclaimer")
_QUESTIONS, _ERRORS = {"op": "name", "name": "questions"}, {"op": "name", "name": "errors"}
_NONE = {"op": "constant", "value": "0"}


def errors_outweigh_questions(ruler: Ruler) -> bool:
    """Whether no row of the opinion becomes milder where one question less and one error more is counted.

    Proved for rows that count both together (``questions + errors > 1``), and for ``questions > 0`` beside ``errors > 0`` with
    an opinion as grave; of any other row that counts questions it is not known, hence false.
    """
    rows = [(_GRAVITY.index(row.opinion), ruler.tree(row.holds)) for row in ruler.text.opinion.rows]
    of_errors = {"op": "gt", "args": [_ERRORS, _NONE]}
    grave = max((gravity for gravity, tree in rows if tree == of_errors), default=-1)
    for gravity, tree in rows:
        if "questions" not in names(tree) or not {"questions", "errors"} & set(names(_together(tree))):
            continue
        if tree != {"op": "gt", "args": [_QUESTIONS, _NONE]} or gravity > grave:
            return False
    return True


def _together(tree: Tree) -> Tree:
    """The tree with every sum of questions and errors in one word."""
    if tree["op"] == "add" and tree["args"] in ([_QUESTIONS, _ERRORS], [_ERRORS, _QUESTIONS]):
        return {"op": "name", "name": "both"}
    arguments: list[Any] | None = tree.get("args")
    return tree if arguments is None else {**tree, "args": [_together(one) for one in arguments]}
