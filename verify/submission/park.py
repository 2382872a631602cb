"""park.yaml: who the park is, where it ends, which readings it chose, what it declares. Every error with file, line and column.

In a workbook the sheet 园区/park stands for it: one key per row, ``names.zh`` one level down, ``boundaries[0].from`` in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from verify.errors import Located, Problem
from verify.ruler.marks import Marked, Path_
from verify.submission.coerce import Fault
from verify.submission.coerce.dates import date_, year
from verify.submission.naming import words
from verify.submission.park_faults import BAD_DAY, BAD_YEAR, EMPTY, problem

_LEADING = re.compile(r"([^.\[\]]+)((?:\[\d+\])*)")
_FREE_KEYS = frozenset({"parameters"})  # below these a dot belongs to the key


def _year(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        return value or ""
    found = year(value)
    if isinstance(found, Fault):
        raise ValueError(BAD_YEAR)  # noqa: TRY004  pydantic turns a ValueError into a located error
    return found


def _day(value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    found = date_(value) if isinstance(value, str) else value
    if isinstance(found, Fault):
        raise ValueError(BAD_DAY)  # noqa: TRY004
    return found


def _listed(value: object) -> object:
    return (
        [part.strip() for part in re.split(r"[,，、;；]", value) if part.strip()]
        if isinstance(value, str)
        else value or []
    )


def _park_kind(value: object) -> object:
    return words("park_kind").get(str(value).casefold(), value) if value else "whole"


def _text(value: object) -> object:
    return "" if value is None else value


def _identifier(value: str) -> str:
    if not value.strip():
        raise ValueError(EMPTY)
    return value.strip()


Text = Annotated[str, BeforeValidator(_text)]
Year = Annotated[str, BeforeValidator(_year)]
Day = Annotated[date | None, BeforeValidator(_day)]
Ids = Annotated[list[str], BeforeValidator(_listed)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Names(_Strict):
    """The park's name in both languages."""

    zh: Text = ""
    en: Text = ""


class Boundary(_Strict):
    """One dated boundary: GeoJSON, a file of the submission, or words (四至)."""

    from_: Day = Field(default=None, alias="from")
    to: Day = None
    geojson: Mapping[str, Any] | None = None
    file: Text = ""
    text: Text = ""
    evidence_id: Text = ""


class Capability(_Strict):
    """Evidence ids of the bases that annex 1, 三 asks for."""

    statistics: Ids = []
    accounting: Ids = []
    metering: Ids = []
    monitoring: Ids = []


class NoAccident(_Strict):
    """The years without a major accident (annex 1, 四)."""

    from_year: Year = ""
    to_year: Year = ""
    evidence: Ids = []


class BasicConditions(_Strict):
    """What the park files about annex 1."""

    zone_level: Text = ""
    zone_evidence: Ids = []
    capability: Capability = Capability()
    no_accident: NoAccident = NoAccident()


class AcceptanceRecord(_Strict):
    """The acceptance of the park, if there is one."""

    document: Text = ""
    issued_on: Day = None
    evidence_id: Text = ""


class ExcludedIndicator(_Strict):
    """A guiding indicator left out, with its written reason (annex 3, 一)."""

    indicator: str
    reason: Text = ""
    evidence_id: Text = ""


class Declaration(_Strict):
    """A signed negative declaration: there is nothing of this kind."""

    kind: str
    table: Text = ""
    text: Text = ""
    signed_by: Text = ""
    signed_on: Day = None
    evidence_id: Text = ""


class Park(_Strict):
    """park.yaml as a value."""

    id: Annotated[str, AfterValidator(_identifier)]
    names: Names = Names()
    province: Text = ""
    grid_zone: Text = ""
    kind: Annotated[Literal["whole", "park_in_park"], BeforeValidator(_park_kind)] = "whole"
    mother_park: Text = ""
    boundaries: list[Boundary] = []
    manager: Text = ""
    id_scheme: Literal["uscc", "free"] = "uscc"
    ruler: Text = ""
    base_year: Year = ""
    base_year_chosen_on: Day = None
    reporting_year: Year = ""
    parameters: Mapping[str, str] = {}
    basic_conditions: BasicConditions = BasicConditions()
    acceptance_record: AcceptanceRecord | None = None
    excluded_indicators: list[ExcludedIndicator] = []
    declarations: list[Declaration] = []


def park_from(marked: Marked) -> Park:
    """The park of a read YAML. Raises `Located` (``submission.park_not_loaded``) with every problem."""
    if not isinstance(marked.data, dict):
        raise Located("submission.park_not_loaded", [marked.problem((), "submission.park_not_mapping")])
    try:
        return Park.model_validate(marked.data)
    except ValidationError as error:
        raise Located("submission.park_not_loaded", [problem(marked, one, Park) for one in error.errors()]) from error


def park_from_rows(file: str, rows: Iterable[tuple[int, str, str]]) -> Park:
    """The park of a sheet of keys and values; `rows` are (line, key, value). Errors name the line and column 2."""
    return park_from(marked_rows(file, rows))


def marked_rows(file: str, rows: Iterable[tuple[int, str, str]]) -> Marked:
    """The rows of a park sheet as the YAML that they stand for, each key with its place in the sheet."""
    data: dict[str, Any] = {}
    marks: dict[Path_, tuple[int, int]] = {(): (1, 1)}
    problems: list[Problem] = []
    for line, key, value in rows:
        if not key.strip() or not value.strip():
            continue  # an unfilled row of the template says nothing
        path = _path(key.strip())
        if path is None or not _put(data, path, value.strip()):
            problems.append(Problem(file, line, 1, key, "submission.park_bad_key", key=key))
            continue
        for depth in range(1, len(path) + 1):
            marks.setdefault(path[:depth], (line, 2))
    if problems:
        raise Located("submission.park_not_loaded", problems)
    return Marked(file, data, marks)


def _path(key: str) -> Path_ | None:
    head, _, rest = key.partition(".")
    if head in _FREE_KEYS and rest:
        return (head, rest)
    path: list[str | int] = []
    for part in key.split("."):
        found = _LEADING.fullmatch(part.strip())
        if found is None:
            return None
        path.append(found[1])
        path.extend(int(position) for position in re.findall(r"\d+", found[2]))
    return tuple(path)


def _put(data: dict[str, Any], path: Path_, value: str) -> bool:
    """Set `value` at `path`; False where the key stands twice, skips a list entry, or goes through a value."""
    here: Any = data
    for part, following in zip(path, [*path[1:], None], strict=True):
        fresh: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(part, int):
            if not isinstance(here, list) or part > len(here):
                return False
            if part == len(here):
                here.append(fresh)
            elif following is None:
                return False
        elif not isinstance(here, dict) or (following is None and part in here):
            return False
        else:
            here.setdefault(part, fresh)
        here = here[part]
    return True
