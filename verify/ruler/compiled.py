"""From the text of a ruler to what can be computed with: its values, the trees of its formulas, and citations that lead somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from verify import resources
from verify.errors import Problem, WrongUsage
from verify.formula import FormulaError, Tree, parse
from verify.ruler.directions import speaks
from verify.ruler.marks import Marked, Path_, load_marked
from verify.ruler.model import Document, RulerText
from verify.ruler.origin import Origin
from verify.ruler.refused import path_of, refused
from verify.ruler.values import Value, read_values, unit_scale

if TYPE_CHECKING:
    from verify.ruler.resolved import Ruler


def read_all_values(
    text: RulerText,
    parts: list[Marked],
    data: dict[str, Any],
    documents: dict[str, Document],
    origin: Origin,
    problems: list[Problem],
    base: Ruler | None = None,
) -> dict[str, Value]:
    """The values of the named factor files and of the ruler; the documents of the files join `documents`.

    `parts` and `data` are the ruler's own files; `base` is the ruler that it rests on, whose values are there already.
    """
    values: dict[str, Value] = dict(base.values) if base else {}
    for index, name in enumerate(text.factor_sets):
        if base is not None and name in base.text.factor_sets:
            continue
        path = resources.rules() / "factors" / f"{name.replace('_', '-')}.yaml"
        if not name.replace("_", "").isalnum() or not path.is_file():  # a name, never a path
            problems.append(origin.problem(("factor_sets", index), "ruler.no_factor_file", name=name))
            continue
        marked = load_marked(path, name=f"factors/{path.name}")
        found, wrong = read_values(marked, prefix=name)
        problems.extend(wrong)
        values.update(found)
        _documents(marked, documents, problems)
    for part in parts:
        if isinstance(part.data, dict) and isinstance(data.get("values"), dict) and "values" in part.data:
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


def citations(text: RulerText, documents: dict[str, Document], origin: Origin) -> list[Problem]:
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


def direction_problems(text: RulerText, values: Mapping[str, Value], origin: Origin) -> list[Problem]:
    """Every direction speaks of something: a slip of the pen would leave the thing that was meant fixed. What is fixed by name
    need not be there: then it may not be added."""
    there = {**text.model_dump(mode="json"), "values": dict.fromkeys(values)}
    return [
        origin.problem(("directions", pattern), "ruler.direction_of_nothing", pattern=pattern)
        for pattern, direction in text.directions.items()
        if direction != "fixed" and not speaks(pattern, there)
    ]


def _own_values(part: Marked, body: dict[str, Any], values: dict[str, Value], problems: list[Problem]) -> None:
    """`values` of the ruler itself; ``same_as`` gives an existing value a second name."""
    plain = {name: one for name, one in body.items() if not (isinstance(one, dict) and "same_as" in one)}
    found, wrong = read_values(Marked(part.file, {"values": plain}, part.marks))
    problems.extend(wrong)
    for name, value in found.items():  # a layer that prints a number anew need not say again what it is called
        if name in values and "title" not in plain[name]:
            value = replace(
                value, title=values[name].title, kind=value.kind if "kind" in plain[name] else values[name].kind
            )
        values[name] = value
    for name, one in body.items():
        if name in plain:
            continue
        target = values.get(one["same_as"]) if isinstance(one["same_as"], str) else None
        if target is None:
            problems.append(part.problem(("values", name, "same_as"), "ruler.no_value", name=one["same_as"]))
        else:
            values[name] = target


def trees_of(
    text: RulerText, origin: Origin, problems: list[Problem], known: Mapping[str, Tree] | None = None
) -> dict[str, Tree]:
    """The tree of every formula, by its text; `known`: those of the ruler below, parsed already."""
    trees: dict[str, Tree] = {}
    for path, formula in _formulas(text):
        try:
            trees[formula] = (known or {}).get(formula) or parse(formula, "figure")
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
