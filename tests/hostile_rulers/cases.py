"""The hostile rulers: each a copy of the national ruler with one thing planted, and where the refusal must point.

`write` plants into a folder that holds the copy; `key` is the refusal, `file` and `line` its place (line None: the place is
looked up by `text`, the first line that holds it after planting).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from verify import resources

RULER = "cn-national-2025"
Write = Callable[[Path], None]
_FUEL = 'formula: sum(tco2, term="fuel")'


@dataclass(frozen=True)
class Hostile:
    """One case."""

    name: str
    write: Write
    key: str
    file: str
    text: str = ""
    line: int | None = None

    def planted(self, folder: Path) -> Path:
        """A folder with the ruler and what is planted in it."""
        there = folder / RULER
        shutil.copytree(resources.rules() / RULER, there, ignore=shutil.ignore_patterns("tests"))
        self.write(there)
        return there

    def place(self, there: Path) -> int:
        """The line that the refusal must name."""
        if self.line is not None:
            return self.line
        whole = (there / self.file).read_text(encoding="utf-8")
        return whole[: whole.index(self.text)].count("\n") + 1


def replaced(file: str, old: str, new: str) -> Write:
    """One text of a file replaced."""

    def write(there: Path) -> None:
        whole = (there / file).read_text(encoding="utf-8")
        assert old in whole, old
        (there / file).write_text(whole.replace(old, new, 1), encoding="utf-8")

    return write


def appended(file: str, text: str) -> Write:
    """A text at the end of a file."""

    def write(there: Path) -> None:
        with (there / file).open("a", encoding="utf-8") as out:
            out.write(text)

    return write


def written(file: str, text: str | bytes) -> Write:
    """A file of its own."""

    def write(there: Path) -> None:
        data = text.encode() if isinstance(text, str) else text
        (there / file).write_bytes(data)

    return write


def formula(name: str, text: str, key: str) -> Hostile:
    """A formula in the place of the first item's."""
    quoted = "formula: '" + text.replace("'", "''") + "'"
    return Hostile(f"formula: {name}", replaced("method.yaml", _FUEL, quoted), key, "method.yaml", quoted[:60])


def hostile() -> Iterator[Hostile]:
    """Every case."""
    yield from _keys()
    yield from _yaml()
    yield from _bombs()
    yield from _formulas()
    yield from _values()
    yield from _figures()


def _keys() -> Iterator[Hostile]:
    status = "status: complete"
    yield Hostile(
        "duplicate key",
        replaced("ruler.yaml", status, f"{status}\n{status}"),
        "ruler.duplicate_key",
        "ruler.yaml",
        line=5,
    )
    nested = "kind: geographic_park"
    yield Hostile(
        "duplicate key, nested",
        replaced("ruler.yaml", nested, f"{nested}\n  kind: other"),
        "ruler.duplicate_key",
        "ruler.yaml",
        "  kind: other",
    )
    yield Hostile(
        "duplicate key in a flow",
        replaced("ruler.yaml", "bind: {fuel:", "bind: {fuel: x, fuel:"),
        "ruler.duplicate_key",
        "ruler.yaml",
        "bind: {fuel: x",
    )
    yield Hostile(
        "duplicate key in two files",
        appended("checks.yaml", "status: complete\n"),
        "ruler.duplicate_key",
        "checks.yaml",
        "status: complete",
    )
    yield Hostile(
        "unknown key",
        replaced("ruler.yaml", status, f"{status}\nstatuz: complete"),
        "ruler.unknown_key",
        "ruler.yaml",
        "statuz",
    )
    yield Hostile(
        "unknown key of a line",
        replaced("method.yaml", "      term: feedstock\n", "      term: feedstock\n      terms: x\n"),
        "ruler.unknown_key",
        "method.yaml",
        "      terms: x",
    )
    yield Hostile(
        "unknown key of a value",
        replaced("ruler.yaml", "    confidence: secondary", "    confidense: secondary"),
        "ruler.unknown_key",
        "ruler.yaml",
        "confidense",
    )
    yield Hostile(
        "misplaced key: a limit on a figure",
        replaced("method.yaml", _FUEL, f"{_FUEL}\n      limit: annex3.limit.class_20_100"),
        "ruler.unknown_key",
        "method.yaml",
        "      limit: annex3",
    )
    yield Hostile(
        "misplaced key: a formula on a line",
        replaced("method.yaml", "      term: feedstock\n", '      term: feedstock\n      formula: "00"\n'),
        "ruler.unknown_key",
        "method.yaml",
        'formula: "00"',
    )
    yield Hostile(
        "misplaced section: factors at the top",
        appended("ruler.yaml", "factors: {}\n"),
        "ruler.unknown_key",
        "ruler.yaml",
        "factors: {}",
    )
    yield Hostile(
        "missing key",
        replaced("indicators.yaml", "    kind: core\n", ""),
        "ruler.missing_key",
        "indicators.yaml",
        "unit_energy_co2:",
    )
    yield Hostile(
        "a list where keys are due",
        replaced("ruler.yaml", "bind: {fuel: gbt32151_34_2024, tce: standard_coal}", "bind: [fuel]"),
        "ruler.not_mapping",
        "ruler.yaml",
        "bind: [fuel]",
    )


def _yaml() -> Iterator[Hostile]:
    yield Hostile(
        "a tab for indentation", appended("checks.yaml", "\tx: 1\n"), "ruler.yaml_tab", "checks.yaml", "\tx: 1"
    )
    yield Hostile(
        "a tab inside",
        replaced("ruler.yaml", "boundary:\n  kind:", "boundary:\n\tkind:"),
        "ruler.yaml_tab",
        "ruler.yaml",
        "\tkind:",
    )
    yield Hostile(
        "an anchor",
        replaced("ruler.yaml", "boundary:\n", "boundary: &b\n"),
        "ruler.alias",
        "ruler.yaml",
        "boundary: &b",
    )
    yield Hostile(
        "a merge key",
        appended("checks.yaml", "  TZ-ACC-98: {<<: {severity: error}}\n"),
        "ruler.unknown_key",
        "checks.yaml",
        "TZ-ACC-98",
    )
    yield Hostile(
        "a python tag",
        appended("checks.yaml", "x: !!python/object/apply:os.getcwd []\n"),
        "ruler.tag",
        "checks.yaml",
        "x: !!python",
    )
    yield Hostile(
        "a binary tag", appended("checks.yaml", "x: !!binary aGVsbG8=\n"), "ruler.tag", "checks.yaml", "x: !!binary"
    )
    yield Hostile(
        "two documents", appended("checks.yaml", "---\nx: 1\n"), "ruler.two_documents", "checks.yaml", "---\nx"
    )
    yield Hostile(
        "a key that is no text", appended("checks.yaml", "? [a, b]\n: 1\n"), "ruler.key_not_text", "checks.yaml", "? [a"
    )
    yield Hostile("not UTF-8", written("more.yaml", b"a: \xff\xfe\n"), "ruler.not_utf8", "more.yaml", line=1)
    yield Hostile("UTF-16", written("more.yaml", "a: 1\n".encode("utf-16")), "ruler.not_utf8", "more.yaml", line=1)
    yield Hostile(
        "a control character", written("more.yaml", "a: 1\nb: \x07\n"), "ruler.yaml_character", "more.yaml", line=2
    )
    yield Hostile(
        "an open bracket", appended("checks.yaml", "x: [1, 2\ny: 3\n"), "ruler.yaml_bracket", "checks.yaml", "y: 3"
    )
    yield Hostile(
        "a folder for a file", lambda there: (there / "more.yaml").mkdir(), "ruler.not_a_file", "more.yaml", line=1
    )
    yield Hostile(
        "a device for a file",
        lambda there: (there / "more.yaml").symlink_to("/dev/zero"),
        "ruler.not_a_file",
        "more.yaml",
        line=1,
    )
    yield Hostile(
        "a pipe for a file", lambda there: os.mkfifo(there / "more.yaml"), "ruler.not_a_file", "more.yaml", line=1
    )


def _bombs() -> Iterator[Hostile]:
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(20)
    )
    yield Hostile("alias bomb", written("more.yaml", laughs), "ruler.alias", "more.yaml", line=1)
    yield Hostile("deep brackets", written("more.yaml", "x: " + "[" * 100_000), "ruler.too_deep", "more.yaml", line=1)
    deep = "".join(f"{' ' * level}a:\n" for level in range(600))
    yield Hostile("deep keys", written("more.yaml", deep), "ruler.too_deep", "more.yaml", line=42)
    yield Hostile(
        "a long scalar", written("more.yaml", "x: " + "y" * 4_000_000), "ruler.too_large", "more.yaml", line=1
    )
    yield Hostile(
        "a hundred megabytes", _sparse("more.yaml", 100 * 1024 * 1024), "ruler.too_large", "more.yaml", line=1
    )
    yield Hostile(
        "a hundred thousand keys",
        written("more.yaml", "".join(f"{i:x}:\n" for i in range(80_000))),
        "ruler.too_many_nodes",
        "more.yaml",
    )
    yield Hostile(
        "a hundred thousand entries",
        written("more.yaml", "x: [" + "1," * 200_000 + "1]"),
        "ruler.too_many_nodes",
        "more.yaml",
        line=1,
    )
    yield Hostile(
        "one key a hundred thousand times",
        written("more.yaml", "a: 1\n" * 100_000),
        "ruler.duplicate_key",
        "more.yaml",
        line=2,
    )
    yield Hostile(
        "a thousand tags", written("more.yaml", "x:\n" + "- !t a\n" * 50_000), "ruler.tag", "more.yaml", line=2
    )
    yield Hostile("a thousand files", _many_files, "ruler.too_many_files", "", line=1)


def _sparse(file: str, size: int) -> Write:
    def write(there: Path) -> None:
        with (there / file).open("wb") as out:
            out.truncate(size)

    return write


def _many_files(there: Path) -> None:
    for number in range(1_000):
        (there / f"f{number:04}.yaml").write_text(f"k{number}: 1\n", encoding="utf-8")


def _formulas() -> Iterator[Hostile]:
    yield formula("import", "__import__('os').getcwd()", "formula.underscore")
    yield formula("open a file", 'open("/etc/passwd")', "formula.unknown_function")
    yield formula("evaluate", 'eval("1")', "formula.unknown_function")
    yield formula("out by attributes", "x.__class__.__base__", "formula.underscore")
    yield formula("a lambda", "lambda: 1", "formula.reserved")
    yield formula("a comprehension", "[x for x in y]", "formula.reserved")
    yield formula("an f-string", 'f"{x}"', "formula.string_place")
    yield formula("a power", "9 ** 9 ** 9 ** 9", "formula.operator")
    yield formula("an exponent", "1e999999999", "formula.number")
    yield formula("a long number", "9" * 5_000, "formula.too_long")
    yield formula("a long sum", " + ".join(["1"] * 600), "formula.too_many")
    yield formula("too long", "1 + " * 100_000 + "1", "formula.too_long")
    yield formula("nested brackets", "(" * 500 + "1" + ")" * 500, "formula.too_deep")
    yield formula("nested calls", "max(" * 300 + "1" + ", 1)" * 300, "formula.too_deep")
    yield formula("nested signs", "-" * 500 + "1", "formula.too_deep")
    yield formula("invisible signs", "1 +\u202e 2", "formula.character")
    yield formula("letters that look alike", "t\u0435rm.fuel.tco2", "formula.character")
    yield formula("a column that is a program", 'sum(tco2, term="a" if 1 else "b")', "formula.reserved")


def _values() -> Iterator[Hostile]:
    def value(name: str, body: str, key: str, text: str = "hostile:") -> Hostile:
        rest = 'confidence: derived, cite: {document: iso-14064-3, clause: "1"}'
        plant = replaced("ruler.yaml", "\nvalues:\n", f"\nvalues:\n  hostile: {{{body}, {rest}}}\n")
        return Hostile(f"value: {name}", plant, key, "ruler.yaml", text)

    yield value("an exponent", 'unit: "%", value: "1e999999999"', "ruler.not_a_number")
    yield value("a quotient of zero", 'unit: "%", value: "1/0"', "ruler.not_a_number")
    yield value("a thousand digits", f'unit: "%", value: "{"9" * 1000}"', "ruler.not_a_number")
    yield value("infinity", 'unit: "%", value: Infinity', "ruler.not_a_number")
    yield value("no text for a unit", 'unit: [kg], value: "1"', "ruler.not_text")
    yield value("a unit of slashes", f'unit: "{"a/" * 20_000}b", value: "1"', "units.unknown")
    yield value("entries that are none", 'unit: "%", entries: 5', "ruler.not_a_list")
    yield value(
        "a citation that is none", 'unit: "%", value: "1", candidates: [{value: "1", cite: x}]', "ruler.not_mapping"
    )
    first = 'value: "0.28078"'
    yield Hostile(
        "reading: an exponent",
        replaced("parameters.yaml", first, 'value: "1e999999999"'),
        "ruler.not_a_number",
        "parameters.yaml",
        "1e999999999",
    )
    yield Hostile(
        "a factor file elsewhere",
        replaced("ruler.yaml", "factor_sets: [annex3,", "factor_sets: [../../../etc/passwd, annex3,"),
        "ruler.no_factor_file",
        "ruler.yaml",
        "factor_sets:",
    )


def _figures() -> Iterator[Hostile]:
    yield Hostile(
        "a figure of itself",
        replaced("method.yaml", _FUEL, "formula: term.fuel.tco2 + 1"),
        "ruler.figures_in_a_circle",
        "method.yaml",
        "formula: term.fuel.tco2 + 1",
    )
    yield Hostile(
        "figures in a circle",
        replaced("method.yaml", _FUEL, "formula: total.tco2 + 1"),
        "ruler.figures_in_a_circle",
        "method.yaml",
    )
    chain = "  items:\n" + "".join(
        f'    n{i}: {{title: {{zh: 甲, en: one}}, unit: tCO2, formula: {"total.tco2" if not i else f"n{i - 1} + n{i - 1}"}, cite: {{document: ndrc-910, annex: "4"}}}}\n'
        for i in range(300)
    )
    yield Hostile(
        "figures that double three hundred times",
        replaced("method.yaml", "  items:\n", chain),
        "ruler.figures_too_deep",
        "method.yaml",
    )
    points = "".join(f"  p{i}:\n{_point()}" for i in range(6))
    many = replaced("parameters.yaml", "parameters:\n", "parameters:\n" + points)

    def readings(there: Path) -> None:
        many(there)
        names = ", ".join(f"p{i}: [r0]" for i in range(6))
        replaced("method.yaml", "when: {transformation.coking: fuel_burned}", f"when: {{{names}}}")(there)

    yield Hostile("a million readings of one line", readings, "ruler.too_many_readings", "method.yaml", "when: {p0")


def _point() -> str:
    readings = ", ".join(f"{{id: r{i}, title: {{zh: 甲, en: one}}}}" for i in range(10))
    return (
        "    title: {zh: 甲, en: one}\n    open: {zh: 甲, en: one}\n    default: r0\n    conservative: r0\n"
        f'    readings: [{readings}]\n    cite: {{document: ndrc-910, annex: "4"}}\n'
    )
