"""@noble/curves: the second generator, fresh commitments, and the sums of a made bundle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.judges import installed
from tests.unit.attest.commit.committed_lines import LINES, TARGETS
from verify.attest.commit.curve import encode
from verify.attest.commit.making import make
from verify.attest.commit.pedersen import DST, H_MESSAGE, second_generator
from verify.attest.commit.rows import read_rows
from verify.attest.commit.totals import PLACES, Total, read_totals
from verify.canonical import exact

pytestmark = installed.node_package("@noble/curves")


def asked(total: Total, points: list[str], *, more: int = 0) -> dict[str, Any]:
    parts = [
        (str(one.factor), points[at]) for one in total.terms for span in one.spans for at in range(span[0], span[1] + 1)
    ]
    if total.rounding is not None:
        parts.append(("1", encode(total.rounding).hex()))
    value = int(exact(total.value) * 10**PLACES) + more
    return {"parts": parts, "value": str(value), "blinding": f"{total.blinding:064x}"}


def test_it_agrees_on_rows_and_totals(tmp_path: Path) -> None:
    made = make(LINES, TARGETS)
    points = [encode(one.point).hex() for one in read_rows(made.rows)]
    totals = read_totals(made.totals, made.count)
    rows = [{"value": str(one.value), "blinding": f"{one.blinding:064x}"} for one in made.opening.rows]
    sums = [asked(one, points, more=more) for one in totals for more in (0, 1)]
    file = tmp_path / "asked.json"
    file.write_text(json.dumps({"message": H_MESSAGE.decode(), "dst": DST.decode(), "rows": rows, "sums": sums}))
    said = json.loads(installed.run(["node", installed.SCRIPTS / "noble.mjs", installed.MODULES, file]).stdout)
    assert said["h"] == encode(second_generator()).hex()
    assert said["rows"] == points
    assert said["sums"] == [True, False, True, False]
