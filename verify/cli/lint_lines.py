"""A lint on a terminal: each fault with its code, file, line and column; notes are counted, or listed when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from verify.cli.options import mark
from verify.cli.refusal import problem_line
from verify.ruler import Ruler
from verify.ruler.lint import Fault
from verify.words import Language, say


def lint_lines(rulers: Sequence[Ruler], faults: Sequence[Fault], lang: Language, *, everything: bool) -> Iterator[str]:
    """The faults, then one line per ruler with what it holds, then the counts."""
    for fault in faults:
        if fault.gravity != "note" or everything:
            yield f"{mark(fault.gravity)} {fault.code} {problem_line(fault.problem, lang)}"
    for ruler in rulers:
        entries = [entry for value in ruler.values.values() for entry in (*value.entries, *value.candidates)]
        words = {
            "ruler": ruler.id,
            "values": len(ruler.values),
            "formulas": len(ruler.trees),
            "unconfirmed": sum(entry.confidence == "unconfirmed" for entry in entries),
            "unknown": len(ruler.text.unknown_clauses),
        }
        yield say("cli.lint_ruler", lang, **words)
    found = Counter(fault.gravity for fault in faults)
    yield say("cli.lint_found", lang, errors=found["error"], warnings=found["warning"], notes=found["note"])
    if found["note"] and not everything:
        yield say("cli.lint_notes", lang)
