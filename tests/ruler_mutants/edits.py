"""One place of a resolved ruler changed, everything else shared with the ruler itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from verify.formula import FormulaError, parse
from verify.ruler import Ruler, RulerText

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Mutant:
    """A ruler with one thing changed.

    `kind`: what was changed; `where`: its path; `what`: ``old -> new``; `file`: where the changed thing is written, as
    problems name it (a part that a ruler takes over stands in the folder of another).
    """

    kind: str
    where: str
    what: str
    make: Callable[[], Ruler]
    file: str

    @property
    def id(self) -> str:
        """What names the mutant in the list of survivors."""
        return f"{self.kind} {self.where}: {self.what}"


def at(data: Any, path: Path_) -> Any:
    """What stands at `path` of a model."""
    for part in path:
        data = getattr(data, str(part)) if isinstance(data, BaseModel) else data[part]
    return data


def put(data: Any, path: Path_, value: Any) -> Any:
    """`data` with `value` at `path`. Models are copied along the path and not checked again."""
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(data, BaseModel):
        return data.model_copy(update={str(part): put(getattr(data, str(part)), rest, value)})
    changed = dict(data) if isinstance(data, dict) else list(data)
    changed[part] = put(data[part], rest, value)  # type: ignore[index]
    return changed


def texted(ruler: Ruler, path: Path_, value: Any) -> Ruler:
    """`ruler` with `value` at `path` of its text."""
    text: RulerText = put(ruler.text, path, value)
    return replace(ruler, text=text)


def reformulated(ruler: Ruler, path: Path_, formula: str) -> Ruler:
    """`ruler` with another formula at `path`. Raises FormulaError for one that does not load."""
    tree = parse(formula, "figure")
    changed = texted(ruler, path, formula)
    return replace(changed, trees={**ruler.trees, formula: tree})


def mutant(kind: str, ruler: Ruler, path: Path_, value: Any, what: str, *, of: Path_ = ()) -> Mutant:
    """A mutant of the text. `of`: the part that is changed, where `path` is the whole that holds it."""
    return Mutant(kind, dotted(path), what, lambda: texted(ruler, path, value), file_of(ruler, of or path))


def file_of(ruler: Ruler, path: Path_) -> str:
    """The file in which a part of a ruler is written."""
    assert ruler.origin is not None
    return ruler.origin.find(path)[0].file


def dotted(path: Path_) -> str:
    """A path as text."""
    return ".".join(str(part) for part in path)


def bumped(printed: str) -> str:
    """A number with its last digit one higher (9 becomes 8), as printed: 0.8325 -> 0.8326, 44/12 -> 44/13."""
    for place in range(len(printed) - 1, -1, -1):
        if printed[place].isdigit():
            digit = int(printed[place])
            other = digit + 1 if digit < 9 else 8
            return printed[:place] + str(other) + printed[place + 1 :]
    raise ValueError(printed)


def is_number(text: object) -> bool:
    """Whether a text is a plain number."""
    return isinstance(text, str) and text.replace(".", "", 1).removeprefix("-").isdigit()


__all__ = [
    "FormulaError",
    "Mutant",
    "Path_",
    "at",
    "bumped",
    "dotted",
    "file_of",
    "is_number",
    "mutant",
    "put",
    "reformulated",
    "texted",
]
