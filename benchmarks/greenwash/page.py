"""docs/greenwash.md, made from the record of a run and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

PEERS = ("ranges", "pandera", "great_expectations")
_AIMS = {
    "recall_at_1": "at least 0.95",
    "alarms_per_honest_park": "at most 0.02",
    "effects_close": "1.00",
    "largest_real_lost": "0",
}


def summary(record: dict[str, Any]) -> dict[str, Any]:
    """The figures of Must show 3, simulated and real parks together where both have them."""
    kinds = [one for part in (record, record["real"]) for one in part.get("kinds", {}).values()]
    at_one = [one["strengths"]["1"] for one in kinds if "1" in one["strengths"]]
    every = [counts for one in kinds for counts in one["strengths"].values()]
    honest = [one["twin"] for one in kinds] + [part["honest"] for part in (record, record["real"]) if "honest" in part]
    twins = [one["twin"] for one in record["kinds"].values()]
    parks = sum(one["parks"] for one in honest)
    return {
        "recall_at_1": _share(at_one, "caught", "planted"),
        "recall": {at: _share([one["strengths"][at] for one in kinds if at in one["strengths"]], "caught", "planted") for at in _strengths(record)},
        "recall_combined": _share([record["combined"]], "caught", "planted"),
        "asked_only": sum(one["asked_only"] for one in every),
        "effects_close": _share(every, "effects_close", "effects"),
        "honest_parks": parks,
        "alarms_per_honest_park": f"{sum(one['alarms'] for one in honest) / parks:.3f}" if parks else "",
        "questions_per_honest_park": f"{sum(one['questions'] for one in honest) / parks:.3f}" if parks else "",
        "largest_real_lost": max((one["lost"] for one in twins), key=float, default=""),
        "largest_real_gained": max((one["gained"] for one in twins), key=float, default=""),
        "peers": {name: {"recall_at_1": _peer(at_one, name), "alarms_per_honest_park": f"{sum(one['peers'].get(name, 0) for one in honest) / parks:.1f}"}
                  for name in PEERS if parks},
    }  # fmt: skip


def _strengths(record: dict[str, Any]) -> list[str]:
    return sorted({at for one in record["kinds"].values() for at in one["strengths"]}, key=int)


def _share(many: list[dict[str, Any]], part: str, whole: str) -> str:
    total = sum(one[whole] for one in many)
    return f"{sum(one[part] for one in many) / total:.3f}" if total else ""


def _peer(many: list[dict[str, Any]], name: str) -> str:
    total = sum(one["planted"] for one in many)
    return f"{sum(one['peers'].get(name, 0) for one in many) / total:.3f}" if total else ""


def rows(record: dict[str, Any]) -> Iterator[str]:
    """One line per kind."""
    for where, part in (("", record), ("real ", record["real"])):
        for name, one in part.get("kinds", {}).items():
            shown = " ".join(f"x{at} {counts['caught']}/{counts['planted']}" for at, counts in one["strengths"].items())
            codes = sorted({code for counts in one["strengths"].values() for code in counts["codes"]})
            yield f"{where}{name} {shown}  {' '.join(codes)}  twin {one['twin']['alarms']} alarms {one['twin']['questions']} questions: {one['name']}"


def page(record: dict[str, Any]) -> str:
    """The whole page."""
    return "\n".join(_lines(record)) + "\n"


def _lines(record: dict[str, Any]) -> Iterator[str]:
    found = summary(record)
    yield "# Greenwash: what is found, what is missed, who cries wolf"
    yield ""
    yield "Made from `benchmarks/greenwash/record.json` by `python -m benchmarks greenwash --write`; do not edit. How it is measured:"
    yield "[formats/greenwash.md](formats/greenwash.md). Kinds: manipulation-patterns, section 6. Truth: the simulator run without the trick."
    yield ""
    yield f"Size {record['size']}, seed {record['seed']}, {record['cpu_seconds']} s of one core. Parks: {', '.join(record['parks'])}."
    real = record["real"]
    yield (
        f"Real counties: {', '.join(real['counties'])}."
        if "counties" in real
        else f"Real counties skipped: {real['skipped']}."
    )
    yield ""
    yield from _table(
        ("measure", "found", "aim"), ((name.replace("_", " "), found[name], aim) for name, aim in _AIMS.items())
    )
    yield ""
    yield f"Recall at strengths: {', '.join(f'{at}: {share}' for at, share in found['recall'].items())}; two kinds in one park: {found['recall_combined']}."
    yield f"Only asked about, so not counted as caught: {found['asked_only']}. Questions per honest park: {found['questions_per_honest_park']}."
    yield f"Real abatement credited beyond the truth, largest over the twins: {found['largest_real_gained']} of the tonnes abated."
    yield ""
    yield "## Beside it"
    yield ""
    yield "A peer has caught a trick where any alarm is new against the same park without the trick."
    yield ""
    ours = ("this", found["recall_at_1"], found["alarms_per_honest_park"])
    theirs = (
        (name.replace("_", " "), one["recall_at_1"], one["alarms_per_honest_park"])
        for name, one in found["peers"].items()
    )
    yield from _table(("checks", "recall at strength 1", "alarms per honest park"), (ours, *theirs))
    for title, part in (("Simulated parks", record), ("Real counties", real)):
        if part.get("kinds"):
            yield ""
            yield f"## {title}"
            yield ""
            yield from _kinds(part)


def _kinds(part: dict[str, Any]) -> Iterator[str]:
    strengths = sorted({at for one in part["kinds"].values() for at in one["strengths"]}, key=int)
    heads = (
        "id",
        "kind",
        *(f"x{at}" for at in strengths),
        "effect within 1 %",
        "answered by",
        "twin: alarms",
        "questions",
        "real lost",
        *(name.replace("_", " ") for name in PEERS),
    )
    yield from _table(heads, (_kind(name, one, strengths) for name, one in part["kinds"].items()))


def _kind(name: str, one: dict[str, Any], strengths: list[str]) -> tuple[str, ...]:
    every = list(one["strengths"].values())
    caught = (
        f"{one['strengths'][at]['caught']}/{one['strengths'][at]['planted']}" if at in one["strengths"] else ""
        for at in strengths
    )
    codes = sorted({code for counts in every for code in counts["codes"]})
    by = " ".join(
        [
            *codes,
            *(["(bridge)"] if one.get("by") == "bridge" else []),
            *(["(verdict)"] if one.get("by") == "verdict" else []),
        ]
    )
    effects = sum(counts["effects"] for counts in every)
    close = f"{sum(counts['effects_close'] for counts in every)}/{effects}" if effects else ""
    twin = one["twin"]
    first = one["strengths"]["1"]
    peers = (f"{first['peers'].get(peer, 0)}/{first['planted']}" for peer in PEERS)
    return (name, one["name"], *caught, close, by, str(twin["alarms"]), str(twin["questions"]), twin["lost"], *peers)


def _table(heads: Iterable[str], lines: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = tuple(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for line in lines:
        yield f"| {' | '.join(line)} |"
