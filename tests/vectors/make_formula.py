"""Writes formula.jsonl, the frozen vectors that bind every evaluator of the formula language.

    python tests/vectors/make_formula.py        writes the file beside this script
    python tests/vectors/make_formula.py -      prints it

One case per line, everything text: id, stratum, text, tree, inputs {names, rows}, expected. Values are ``n/d`` in
lowest terms, ``true``, ``false`` or ``{"undefined": reason}``; a null in a row is an empty cell. Nothing of TrueZero is
imported: expected values come from formula_oracle.py, and from formula_by_hand.py as written there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from formula_by_hand import FIGURES, LINES, SUMS
from formula_growth import WORDS, Dice, Grower, Grown, TooLarge
from formula_oracle import Known, read, written

SEED = 0x9E3779B97F4A7C15
SETS = 6  # sets of inputs per formula
LINE_FORMULAS, FIGURE_FORMULAS, SUM_FORMULAS, MIXED_FORMULAS = 380, 380, 130, 140
LINE_NUMBERS = {
    "quantity": 6, "sold": 6, "stock_open": 6, "stock_close": 6, "factor": 12, "share": 12, "ncv": 12, "months": 0,
}  # fmt: skip
LINE_TRUTHS = ["inside", "metered"]
FIGURE_NUMBERS = dict.fromkeys(
    ["term.fuel.tco2", "term.el.tco2", "energy.tce", "value.el.grid_other", "parameter.direct_share", "sold", "x_1"], 0
)
FIGURE_TRUTHS = ["park.accepted", "parameter.count_pv"]
Case = dict[str, Any]


def cases() -> Iterator[Case]:
    """All cases, the ones by hand first."""
    for stratum, block in (("figure", FIGURES), ("line", LINES)):
        for number, (text, tree, names, expected) in enumerate(block, 1):
            yield case(f"hand-{stratum}-{number:03}", stratum, (text, tree), names, None, expected=expected)
    for number, (text, tree, rows, expected) in enumerate(SUMS, 1):
        yield case(f"hand-sum-{number:03}", "figure", (text, tree), {}, rows, expected=expected)
    dice = Dice(SEED)
    yield from grown(dice, "line", LINE_FORMULAS)
    yield from grown(dice, "figure", FIGURE_FORMULAS)
    yield from grown(dice, "sum", SUM_FORMULAS)
    yield from grown(dice, "mixed", MIXED_FORMULAS)


def case(name: str, stratum: str, formula: tuple[str, Any], names: Any, rows: Any, *, expected: Any) -> Case:
    text, tree = formula
    inputs = {"names": names} if rows is None else {"names": names, "rows": rows}
    return {"id": name, "stratum": stratum, "text": text, "tree": tree, "inputs": inputs, "expected": expected}


def grown(dice: Dice, family: str, count: int) -> Iterator[Case]:
    """`count` formulas of one family, each over SETS sets of inputs."""
    stratum = "line" if family == "line" else "figure"
    made = 0
    while made < count:
        texts = [names_of(dice, family) for _ in range(SETS)]
        rows = [rows_of(dice) for _ in range(SETS)] if family in {"sum", "mixed"} else None
        numbers, truths = (LINE_NUMBERS, LINE_TRUTHS) if stratum == "line" else (FIGURE_NUMBERS, FIGURE_TRUTHS)
        inputs = [{name: known(value) for name, value in one.items()} for one in texts]
        grower = Grower(dice, figure=stratum == "figure", numbers=numbers, truths=truths, inputs=inputs, rows=rows)
        try:
            formula = grow(dice, grower, family)
        except TooLarge:
            continue
        if not 1 <= len(formula.text) <= 200 or formula.text.isalnum():
            continue
        made += 1
        used = set(names_in(formula.tree))
        for place, value in enumerate(formula.values):
            names = {name: text for name, text in sorted(texts[place].items()) if name in used}
            given = None if rows is None else rows[place]
            name = f"{family}-{made:03}-{place + 1}"
            yield case(name, stratum, (formula.text, formula.tree), names, given, expected=written(value))


def grow(dice: Dice, grower: Grower, family: str) -> Grown:
    if family == "sum":
        return grower.sum()
    depth = 2 + dice.below(2)
    return grower.truth(depth) if dice.one_in(4) else grower.number(depth, 18)


def names_of(dice: Dice, family: str) -> dict[str, Any]:
    """Values for the names of one set; some are undefined, and of a figure some are not there at all."""
    names: dict[str, Any] = {}
    numbers, truths = (LINE_NUMBERS, LINE_TRUTHS) if family == "line" else (FIGURE_NUMBERS, FIGURE_TRUTHS)
    for name, places in numbers.items():
        if dice.one_in(14):
            if family == "line" or dice.one_in(2):
                names[name] = {"undefined": "missing_value" if family == "line" else "null_in_sum"}
            continue
        names[name] = number_text(dice, places) if family == "line" else figure_text(dice)
    for name in truths:
        names[name] = {"undefined": "missing_value"} if dice.one_in(10) else dice.pick(["true", "false"])
    if family == "line":
        return {name: names.get(name, {"undefined": "missing_value"}) for name in [*numbers, *truths]}
    return names


def number_text(dice: Dice, places: int) -> str:
    """A decimal that a column with `places` decimals holds; zero, one and the smallest step are common."""
    common = ["0", "1", "-1", "0." + "0" * (places - 1) + "1" if places else "2"]
    if dice.one_in(4):
        return str(dice.pick(common))
    whole = dice.below(dice.pick([10, 1000, 100000] if places != 12 else [2, 10, 100]))
    fraction = "".join(str(dice.below(10)) for _ in range(dice.pick([0, min(2, places), places])))
    return f"{'-' if dice.one_in(4) else ''}{whole}{'.' if fraction else ''}{fraction}"


def figure_text(dice: Dice) -> str:
    """A rational, as decimal text or as a fraction."""
    if dice.one_in(2):
        return "0" if dice.one_in(4) else number_text(dice, 3)
    above, below = dice.below(2000) - 1000, 1 + dice.below(60)
    value = read(f"{above}/{below}")
    return str(written(value))


def rows_of(dice: Dice) -> list[dict[str, str | None]]:
    """Up to four ledger rows; a number may be an empty cell, and now and then a word."""
    rows: list[dict[str, str | None]] = []
    for _ in range(dice.below(7)):
        row: dict[str, str | None] = {name: dice.pick(words) for name, words in WORDS.items()}
        if dice.one_in(20):
            row["flow"] = None
        row["tco2"] = number_text(dice, dice.pick([2, 6]))
        row["tce"] = None if dice.one_in(10) else number_text(dice, 2)
        row["quantity"] = None if dice.one_in(20) else number_text(dice, 1)
        rows.append(row)
    return rows


def known(value: Any) -> Known:
    return str(value["undefined"]) if isinstance(value, dict) else read(value)


def names_in(tree: Any) -> Iterator[str]:
    if tree["op"] == "name":
        yield tree["name"]
    for part in tree.get("args", ()):
        yield from names_in(part)


def main(arguments: list[str]) -> None:
    text = "".join(
        json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for entry in cases()
    )
    if arguments == ["-"]:
        sys.stdout.buffer.write(text.encode("utf-8"))
    else:
        Path(__file__).with_name("formula.jsonl").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
