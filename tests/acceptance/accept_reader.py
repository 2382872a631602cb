"""Issue 7, must show 1 to 3: the page against the program: every named mutant and every altered log, formula vectors, specifications."""

from __future__ import annotations

from collections import Counter

from tests.acceptance.entries import acceptance
from tests.mutation.mutant import groups, zipped
from tests.mutation.remembered import remembered
from tests.reader import logged_bundles, node
from tests.reader.test_page_formulas import asked, lines
from tests.reader.test_page_vectors import counted
from tests.reader.test_page_verdicts import by_python, disagreements, named
from verify.bundle.page import page


@acceptance(
    "6.1", "the page: every named mutant and every altered log is refused in it, state and reason as in the program"
)
def page_and_program() -> dict[str, object]:
    logs = {**logged_bundles.sound(), **logged_bundles.broken()}
    cases = [*named(), *((name, zipped(one), logged_bundles.HELD) for name, one in logs.items())]
    assert disagreements(cases) == []
    with remembered():
        states = Counter(by_python(data, held).state for _, data, held in cases)
    refused = [zipped(one) for one in logged_bundles.broken().values()]
    found = node.ask(node.judging(data, logged_bundles.HELD) for data in refused)
    assert {one["state"] for one in found} == {"failed"}
    return {
        "bundles": len(cases),
        "disagreements": 0,
        "named_mutants": {name: len(list(generator())) for name, generator in groups().items()},
        "altered_logs": sorted(logged_bundles.broken()),
        "states_in_both": dict(sorted(states.items())),
        "page_octets": len(page()),
    }


@acceptance("6.2", "the page: every frozen formula vector has the value and the text that Python gives")
def formula_vectors() -> dict[str, object]:
    cases = lines()
    found = asked(cases)
    wrong = [one["id"] for one, got in zip(cases, found, strict=True) if got["value"] != one["expected"]]
    assert wrong == []
    assert all(got["canonical"] for got in found)
    return {"vectors": len(cases), "other_values": 0}


@acceptance("6.3", "RFC 6962/9162, RFC 8032, C2SP notes and policies: program and page say the same of every vector")
def specifications() -> dict[str, object]:
    return counted(most=80)
