"""The members of a bundle that follow from its report, made again and compared byte by byte.

A signed page or table that says something else than the signed report would be a lie in two files: the tables are a
function of the report's format and must always come out equal; pages and metadata carry words, so only the version and
the catalogues that made them can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from verify.bundle.cells import Row, read_table
from verify.errors import NotVerified

Pages = Callable[[Mapping[str, Any]], Mapping[str, bytes]]
DATA = "data/"
CELLS = "data/cells.csv"
PAGES = ("findings.sarif", "index.html", "report.en.html")
METADATA = ("VERIFY.md", "datapackage.json", "ro-crate-metadata.json")


def cells_of(members: Mapping[str, bytes]) -> list[dict[str, str]]:
    """The published accounting cells. Raises NotVerified `bundle.member_missing`, `bundle.not_canonical`."""
    if CELLS not in members:
        raise NotVerified("bundle.member_missing", member=CELLS)
    return read_table(members[CELLS], CELLS)


def rendered(pages: Pages, report: Mapping[str, Any]) -> Mapping[str, bytes]:
    """The pages of a report. Raises NotVerified `bundle.not_made_again`."""
    return _made("pages", lambda: pages(report))


def derived(
    report: Mapping[str, Any], ruler: Mapping[str, Any], cells: Sequence[Row], pages: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    """Every signed member as `verify.bundle.content` makes it. Raises NotVerified `bundle.not_made_again`."""
    from verify.bundle.content import content

    return _made("content", lambda: content(report, ruler, cells, pages))


def tables(members: Mapping[str, bytes]) -> list[str]:
    """The names of the published tables."""
    return sorted(name for name in members if name.startswith(DATA))


def differences(made: Mapping[str, bytes], members: Mapping[str, bytes], names: Sequence[str]) -> Iterator[NotVerified]:
    """What is not as it was made again: `bundle.made_missing`, `bundle.made_other`, `bundle.made_unknown` with `member`."""
    for name in names:
        if name not in members:
            yield NotVerified("bundle.made_missing", member=name)
        elif name not in made:
            yield NotVerified("bundle.made_unknown", member=name)
        elif made[name] != members[name]:
            yield NotVerified("bundle.made_other", member=name)


def _made(what: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    try:
        return make()
    except MemoryError:
        raise
    except Exception as error:  # whatever a hostile report does to what makes its faces: it is no report of ours
        raise NotVerified("bundle.not_made_again", what=what, detail=type(error).__name__) from error
