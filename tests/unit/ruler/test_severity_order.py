"""A question turned into an error is a tightening only where the opinion weighs errors as gravely as questions."""

from __future__ import annotations

from typing import Any

import pytest

from verify.errors import Located
from verify.ruler import Ruler, load_ruler
from verify.ruler.load import layer_over
from verify.ruler.marks import Marked
from verify.ruler.severity_order import errors_outweigh_questions

NATIONAL = "cn-national-2025"
BOTH = {"opinion": "adverse", "reason": "open_questions", "holds": "questions + errors > 1"}


def below(*rows: dict[str, str], **questions: str) -> Ruler:
    """The national ruler with its row about open questions changed, and more rows."""

    def change(data: dict[str, Any]) -> None:
        for row in data["opinion"]["rows"]:
            if row["reason"] == "open_questions":
                row.update(questions)
        data["opinion"]["rows"] += rows

    return load_ruler(NATIONAL, change=change)


def layer(code: str) -> Marked:
    """A layer that makes an error of what a check finds."""
    cite = {"document": "own", "clause": "第一条"}
    data = {
        "id": "layer", "title": {"zh": "下层", "en": "a layer"}, "authority": {"zh": "某省", "en": "a province"},
        "extends": NATIONAL, "documents": {"own": {"title": {"zh": "办法", "en": "rules"}}},
        "checks": {code: {"severity": "error", "cite": cite}},
    }  # fmt: skip
    return Marked("layer/ruler.yaml", data, {})


@pytest.mark.parametrize("parent", [below(), below(BOTH), below(opinion="unmodified")])
def test_where_errors_weigh_as_much_it_is_one(parent: Ruler) -> None:
    assert errors_outweigh_questions(parent)
    assert layer_over(parent, [layer("TZ-CAR-02")]).text.checks["TZ-CAR-02"].severity == "error"


@pytest.mark.parametrize(
    "parent",
    [
        below(opinion="adverse"),
        below(holds="questions > 2"),  # two questions and one error are no three questions
        below({**BOTH, "holds": "questions - errors > 0"}),
        below({**BOTH, "holds": "2 * questions + errors > 1"}),
    ],
)
def test_where_questions_weigh_more_it_is_refused(parent: Ruler) -> None:
    assert not errors_outweigh_questions(parent)
    with pytest.raises(Located) as refused:
        layer_over(parent, [layer("TZ-CAR-02")])
    assert [one.key for one in refused.value.problems] == ["ruler.layer_no_order"]
    assert layer_over(parent, [layer("TZ-IND-01")]).text.checks["TZ-IND-01"].severity == "error"  # from a warning
