"""A formula tree in words: quotient of … and …, the sum of the tonnes counted under …, the greater of …"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from verify.formula import Tree
from verify.report import vocabulary
from verify.report.articles.speaker import Speaker

_LISTS = {"add", "multiply", "max", "min", "and", "or"}
_LEDGER = "activity"  # the table whose words a sum over the ledger speaks
Name = Callable[[str], str]


class Formulas:
    """Words for the trees of one ruler. `name` says what a name of a formula is called, where it is no figure or value."""

    def __init__(self, speaker: Speaker, name: Name | None = None) -> None:
        self.speaker = speaker
        self._name = name

    def words(self, formula: str) -> str:
        """A formula text of the ruler."""
        return self._words(self.speaker.ruler.tree(formula))

    def _words(self, tree: Tree) -> str:
        op, t = tree["op"], self.speaker.t
        if op == "constant":
            return str(tree["value"])
        if op == "name":
            return self.named(tree["name"])
        if op == "sum":
            return self._sum(tree)
        if op == "case":
            return self._case(tree["args"])
        if op == "gt" and (some := self._some(tree["args"])):
            return some
        parts = [self._part(one) for one in tree["args"]]
        if op in _LISTS:
            joined = self.speaker.any_of(parts) if op == "or" else self.speaker.all_of(parts)
            return t(f"calc.{op}", parts=joined)
        if len(parts) == 1:
            return t(f"calc.{op}", first=parts[0])
        first = self._words(tree["args"][0]) if tree["args"][0]["op"] == op == "subtract" else parts[0]
        for second in parts[1:]:
            first = t(f"calc.{op}", first=first, second=second)
        return first

    def _part(self, tree: Tree) -> str:
        """A part of a larger formula, in brackets where it is not one thing."""
        words = self._words(tree)
        return words if tree["op"] in {"constant", "name"} else self.speaker.t("calc.bracket", words=words)

    def _some(self, parts: list[Tree]) -> str:
        """``errors > 0`` as `there are errors`, for the names that are counts."""
        name, number = parts
        if name["op"] != "name" or number != {"op": "constant", "value": "0"}:
            return ""
        return self.speaker.known(f"some.{name['name']}") or ""

    def _case(self, parts: list[Tree]) -> str:
        """Conditions with their values, then the value where none of them holds."""
        t = self.speaker.t
        taken = [
            t("calc.when", condition=self._words(parts[at]), value=self._words(parts[at + 1]))
            for at in range(0, len(parts) - 1, 2)
        ]
        return t("calc.case", taken=t("semicolon").join(taken), otherwise=self._words(parts[-1]))

    def named(self, name: str) -> str:
        """A figure by its title, a value of the law by its number."""
        speaker, text = self.speaker, self.speaker.ruler.text
        if name in text.method.items:
            return speaker.title(text.method.items[name].title)
        if name.startswith("value."):
            return speaker.printed(name.removeprefix("value."))
        if name.startswith("indicator.") and name.removeprefix("indicator.") in text.indicators:
            return speaker.title(text.indicators[name.removeprefix("indicator.")].title)
        return self._name(name) if self._name is not None else name

    def _sum(self, node: Mapping[str, Any]) -> str:
        only, out = dict(node["only"]), dict(node["except"])
        table = (only.pop("table", None) or [_LEDGER])[0]
        told = conditions(self.speaker, table, only) + conditions(self.speaker, table, out, out=True)
        column = self._column(table, str(node["column"]))
        if not told:
            return self.speaker.t("calc.sum_of_all", column=column)
        return self.speaker.t("calc.sum", column=column, conditions=self.speaker.t("condition_separator").join(told))

    def _column(self, table: str, column: str) -> str:
        """What is added up; a column that nobody named by its heading."""
        named = vocabulary.column_name(table, column, self.speaker.language) or column
        return self.speaker.known(f"column.{column}") or self.speaker.quoted(named)


def conditions(speaker: Speaker, table: str, match: Mapping[str, list[str]], *, out: bool = False) -> list[str]:
    """What a row must be (`out`: must not be), column by column, in words."""
    text = speaker.ruler.text
    found = []
    for column, values in match.items():
        if column == "term":
            words = [speaker.title(text.method.terms[one]) if one in text.method.terms else one for one in values]
        else:
            words = [speaker.word(table, column, one) for one in values]
        side = "not" if out else "row"
        whole = speaker.known(f"{side}.{column}.{'-'.join(values)}")  # said in one piece: yes, no
        key = column if speaker.has(f"{side}.{column}") else "any"
        named = vocabulary.column_name(table, column, speaker.language) or column
        found.append(whole or speaker.t(f"{side}.{key}", column=named, values=speaker.any_of(words)))
    return found
