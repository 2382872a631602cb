"""Everything in a bundle that two people sign: the members that SHA256SUMS lists, and SHA256SUMS itself.

All of it follows from the public report, the ruler, the published cells and the pages: the same bytes for the same report, on
every machine. So whoever holds a bundle makes it again, and a table or a page that says something else than the signed
report is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.bundle import crate as crates
from verify.bundle.crate import crate
from verify.bundle.data_package import data_package
from verify.bundle.instructions import instructions
from verify.bundle.members import NAME as SUMS
from verify.bundle.public_tables import cells_table, public_tables
from verify.bundle.sums import write_sums
from verify.canonical import canonical_bytes


def content(
    report: Mapping[str, Any],
    ruler_plain: Mapping[str, Any],
    cells: Sequence[Mapping[str, object]],
    pages: Mapping[str, bytes],
) -> dict[str, bytes]:
    """The members by name.

    `report`: {facts, places, withheld, withheld_share} after disclosure; `ruler_plain`: `verify.ruler.Ruler.plain()`;
    `cells`: `verify.disclosure.public_cells`, or the rows of a ``data/cells.csv``; `pages`: `verify.report.public_pages`,
    and the files of commitments where there are any.
    Raises ValueError for a page under the name of another member, KeyError or TypeError for a report of another shape.
    """
    facts = report["facts"]
    tables = {**public_tables(facts), **cells_table(cells)}
    members = {
        "VERIFY.md": instructions(),
        "datapackage.json": data_package(facts, tables),
        "report.json": canonical_bytes(report),
        "ruler.json": canonical_bytes(ruler_plain),
        **tables,
    }
    twice = sorted(pages.keys() & {*members, crates.NAME, SUMS})
    if twice:
        raise ValueError(f"{twice[0]} is no page")
    members |= pages
    members[crates.NAME] = crate(facts, members)
    members[SUMS] = write_sums(members)
    return dict(sorted(members.items()))
