"""Read a ruler folder: one YAML per subject, every error at once with file, line and column.

``rules/<id>/ruler.yaml`` holds the head; each further top-level key may stand in a file of its own
(``method.yaml``, ``parameters.yaml``, …), so that a lawyer reads one subject at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from verify import resources
from verify.errors import Located, Problem, WrongUsage
from verify.formula import FormulaError, Tree, parse
from verify.ruler.marks import Marked, Path_, load_marked
from verify.ruler.model import Document, RulerText
from verify.ruler.refused import path_of, refused
from verify.ruler.resolved import Ruler
from verify.ruler.values import Value, read_values, unit_scale

Change = Callable[[dict[str, Any]], None]


def available() -> list[str]:
    """Ids of the rulers that come with TrueZero."""
    return sorted(path.parent.name for path in resources.rules().glob("*/ruler.yaml"))


def load_ruler(ruler: str | Path, *, change: Change | None = None) -> Ruler:
    """A ruler by id, or by folder (a text with a slash is one). `change` edits the plain data before it is checked (sensitivity runs, `rules diff`, tests).

    Raises `WrongUsage` (``ruler.unknown``) for an id that does not exist and `Located` with every problem of its files.
    """
    own = isinstance(ruler, Path) or "/" in ruler or "\\" in ruler
    folder = Path(ruler) if own else resources.rules() / ruler
    head = folder / "ruler.yaml"
    if not head.is_file():
        raise WrongUsage("ruler.unknown", ruler=str(ruler), available=", ".join(available()))
    parts = [load_marked(path, name=f"{folder.name}/{path.name}") for path in sorted(folder.glob("*.yaml"))]
    data, origin, problems = _merged(parts)
    if change is not None:
        change(data)
    text = _checked(data, origin, problems)
    documents: dict[str, Document] = dict(text.documents)
    values = _values(text, parts, data, documents, origin, problems)
    trees = _trees(text, origin, problems)
    problems.extend(_citations(text, documents, origin))
    if problems:
        raise Located("ruler.not_loaded", problems)
    return Ruler(text, values, trees, documents)


class Origin:
    """Which file each top-level key came from."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[Marked, Path_]] = {}
        self.head: Marked | None = None

    def problem(self, path: Path_, key: str, /, **arguments: object) -> Problem:
        """A problem at `path` of the merged data."""
        marked, prefix = self.files.get(str(path[0]), (self.head, ())) if path else (self.head, ())
        assert marked is not None
        return marked.problem((*prefix, *path), key, **arguments)


def _merged(parts: list[Marked]) -> tuple[dict[str, Any], Origin, list[Problem]]:
    data: dict[str, Any] = {}
    origin, problems = Origin(), []
    for part in sorted(parts, key=lambda one: not one.file.endswith("/ruler.yaml")):
        if origin.head is None:
            origin.head = part
        if not isinstance(part.data, dict):
            problems.append(part.problem((), "ruler.not_mapping"))
            continue
        for key, body in part.data.items():
            if key in data:
                problems.append(part.problem((key,), "ruler.duplicate_key"))
                continue
            data[key] = body
            origin.files[key] = (part, ())
    return data, origin, problems


def _checked(data: dict[str, Any], origin: Origin, problems: list[Problem]) -> RulerText:
    from pydantic import ValidationError

    try:
        return RulerText.model_validate(data)
    except ValidationError as error:
        for one in error.errors():
            key, arguments = refused(one)
            problems.append(origin.problem(path_of(one), key, **arguments))
        raise Located("ruler.not_loaded", problems) from error


def _values(
    text: RulerText,
    parts: list[Marked],
    data: dict[str, Any],
    documents: dict[str, Document],
    origin: Origin,
    problems: list[Problem],
) -> dict[str, Value]:
    """The values of the named factor files and of the ruler; the documents of the files join `documents`."""
    values: dict[str, Value] = {}
    for index, name in enumerate(text.factor_sets):
        path = resources.rules() / "factors" / f"{name.replace('_', '-')}.yaml"
        if not path.is_file():
            problems.append(origin.problem(("factor_sets", index), "ruler.no_factor_file", name=name))
            continue
        marked = load_marked(path, name=f"factors/{path.name}")
        found, wrong = read_values(marked, prefix=name)
        problems.extend(wrong)
        values.update(found)
        _documents(marked, documents, problems)
    for part in parts:
        if isinstance(part.data, dict) and "values" in part.data:
            _own_values(part, data["values"], values, problems)
    return values


def _documents(marked: Marked, documents: dict[str, Document], problems: list[Problem]) -> None:
    from pydantic import ValidationError

    for identifier, body in (marked.data.get("documents") or {}).items():
        path = ("documents", identifier)
        try:
            document = Document.model_validate(body)
        except ValidationError as error:
            first = error.errors()[0]
            key, arguments = refused(first)
            problems.append(marked.problem((*path, *path_of(first)), key, **arguments))
            continue
        if documents.setdefault(identifier, document) != document:
            problems.append(marked.problem(path, "ruler.documents_differ", document=identifier))


def _citations(text: RulerText, documents: dict[str, Document], origin: Origin) -> list[Problem]:
    """Every citation names a document that is there."""
    found: list[Problem] = []

    def look(data: Any, path: Path_) -> None:
        if isinstance(data, dict):
            if "document" in data and isinstance(data["document"], str) and data["document"] not in documents:
                found.append(origin.problem((*path, "document"), "ruler.no_document", document=data["document"]))
            for key, one in data.items():
                look(one, (*path, key))
        elif isinstance(data, list):
            for index, one in enumerate(data):
                look(one, (*path, index))

    look(text.model_dump(mode="json"), ())
    return found


def _own_values(part: Marked, body: dict[str, Any], values: dict[str, Value], problems: list[Problem]) -> None:
    """`values` of the ruler itself; ``same_as`` gives an existing value a second name."""
    plain = {name: one for name, one in body.items() if not (isinstance(one, dict) and "same_as" in one)}
    found, wrong = read_values(Marked(part.file, {"values": plain}, part.marks))
    problems.extend(wrong)
    values.update(found)
    for name, one in body.items():
        if name in plain:
            continue
        target = values.get(one["same_as"])
        if target is None:
            problems.append(part.problem(("values", name, "same_as"), "ruler.no_value", name=one["same_as"]))
        else:
            values[name] = target


def _trees(text: RulerText, origin: Origin, problems: list[Problem]) -> dict[str, Tree]:
    trees: dict[str, Tree] = {}
    for path, formula in _formulas(text):
        try:
            trees[formula] = parse(formula, "figure")
        except FormulaError as error:
            problems.append(origin.problem(path, error.key, **error.arguments))
    for name, factor in text.method.factors.items():
        try:
            unit_scale(factor.unit)
        except WrongUsage as error:
            problems.append(origin.problem(("method", "factors", name, "unit"), error.key, **error.arguments))
    return trees


def _formulas(text: RulerText) -> list[tuple[Path_, str]]:
    found: list[tuple[Path_, str]] = []
    method = text.method
    for name, factor in method.factors.items():
        found.append((("method", "factors", name, "formula"), factor.formula))
    for name, item in method.items.items():
        found.append((("method", "items", name, "formula"), item.formula))
        found += _variants(("method", "items", name, "when"), item.when)
    if method.own_intensity is not None:
        own = method.own_intensity
        found += [
            (("method", "own_intensity", "emissions"), own.emissions),
            (("method", "own_intensity", "output"), own.output),
        ]
    for name, indicator in text.indicators.items():
        if indicator.formula:
            found.append((("indicators", name, "formula"), indicator.formula))
        found += _variants(("indicators", name, "when"), indicator.when)
        for index, one in enumerate(indicator.classes):
            found.append((("indicators", name, "classes", index, "holds"), one.holds))
            found += _variants(("indicators", name, "classes", index, "when"), one.when)
    for index, row in enumerate(text.opinion.rows):
        found.append((("opinion", "rows", index, "holds"), row.holds))
    return found


def _variants(path: Path_, when: dict[str, dict[str, str]]) -> list[tuple[Path_, str]]:
    return [
        ((*path, parameter, reading), formula)
        for parameter, readings in when.items()
        for reading, formula in readings.items()
    ]
