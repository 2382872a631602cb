"""What is wrong with park.yaml, with the words of the park instead of the model's."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from verify.errors import Problem
from verify.ruler.marks import Marked
from verify.ruler.refused import path_of, refused, shown
from verify.submission.naming import nearest

BAD_YEAR, BAD_DAY, EMPTY = "park_bad_year", "park_bad_day", "park_missing_key"  # what a validator raises, as ValueError
_OWN = frozenset({BAD_YEAR, BAD_DAY, EMPTY})


def problem(marked: Marked, error: Mapping[str, Any], model: type[BaseModel]) -> Problem:
    """One of the errors that `model` found in `marked`, at its place."""
    path = path_of(error)
    key, arguments = refused(error)
    if arguments["problem"] in _OWN:
        key = f"submission.{arguments['problem']}"
        arguments["value"] = shown(error["input"])
    elif error["type"] in {"extra_forbidden", "missing"}:
        key = "submission.park_unknown_key" if error["type"] == "extra_forbidden" else "submission.park_missing_key"
    elif key == "ruler.invalid":
        key = "submission.park_bad_value"
    if key == "submission.park_unknown_key":
        arguments["nearest"] = nearest(arguments["key"], _keys(model, path[:-1]))
        key += "_near" if arguments["nearest"] else ""
    return marked.problem(path, key, **arguments)


def _keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand below `path`."""
    here: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or here is None:
            continue
        fields = {field.alias or name: field.annotation for name, field in here.model_fields.items()}
        here = _model_in(fields.get(part))
    return [] if here is None else [field.alias or name for name, field in here.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model of a field: itself, an optional one, or one in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {list, Union, UnionType}:
        return next((found for one in get_args(annotation) if (found := _model_in(one)) is not None), None)
    return None
