"""Random formulas that carry their value while they grow: text, tree and one value per set of inputs, side by side.

Nothing is parsed or evaluated afterwards; the value of a formula is worked out from the values of its parts by
`formula_oracle` at the moment the parts are joined.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from formula_oracle import Known, apply, filtered_sum, read

Tree = dict[str, Any]
SIGNS = {
    "or": ("or", 1), "and": ("and", 2), "not": ("not ", 3),
    "eq": ("==", 4), "ne": ("!=", 4), "lt": ("<", 4), "le": ("<=", 4), "gt": (">", 4), "ge": (">=", 4),
    "add": ("+", 5), "subtract": ("-", 5), "multiply": ("*", 6), "divide": ("/", 6), "negate": ("-", 7),
}  # fmt: skip
COMPARISONS = ["eq", "ne", "lt", "le", "gt", "ge"]
ATOM = 9


class Dice:
    """A xorshift generator: the same throws on every Python, for ever."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, bound: int) -> int:
        self.state ^= self.state << 13 & 0xFFFFFFFFFFFFFFFF
        self.state ^= self.state >> 7
        self.state ^= self.state << 17 & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 11) % bound

    def pick(self, choices: list[Any]) -> Any:
        return choices[self.below(len(choices))]

    def one_in(self, bound: int) -> bool:
        return self.below(bound) == 0


class Grown(NamedTuple):
    """A formula: its text, how tightly that binds, its tree, its value for each set of inputs."""

    text: str
    level: int
    tree: Tree
    values: list[Known]


class TooLarge(Exception):
    """A value outside what a table holds: this formula is thrown away."""


class Grower:
    """Grows formulas over given inputs. `figure`: with division, abs and sums; else what a table can do.

    `numbers` maps a name to its decimals (figures: 0); `inputs` holds, per set, the value of each name and the rows.
    """

    def __init__(
        self,
        dice: Dice,
        *,
        figure: bool,
        numbers: dict[str, int],
        truths: list[str],
        inputs: list[dict[str, Known]],
        rows: list[list[dict[str, str | None]]] | None = None,
    ) -> None:
        self.dice, self.figure, self.numbers, self.truths = dice, figure, numbers, truths
        self.inputs, self.rows = inputs, rows

    def number(self, depth: int, places: int) -> Grown:
        """A formula with a number for its value, of at most `places` decimals."""
        if depth == 0 or self.dice.one_in(6):
            return self.leaf(places)
        op = self.dice.pick(
            ["add", "add", "subtract", "subtract", "multiply", "multiply", "negate", "min", "max", "case"]
            + (["divide", "divide", "divide", "abs"] if self.figure else [])
        )
        if op == "case":
            pairs = [self.truth(depth - 1) if k % 2 == 0 else self.number(depth - 1, places) for k in range(2)]
            if self.dice.one_in(3):
                pairs += [self.truth(depth - 1), self.number(depth - 1, places)]
            return self.join(op, [*pairs, self.number(depth - 1, places)])
        if op == "multiply":
            return self.join(op, [self.number(depth - 1, share) for share in self.shares(places)])
        many = {"negate": 1, "abs": 1, "subtract": 2, "divide": 2, "add": 2 + self.dice.below(2)}
        return self.join(op, [self.number(depth - 1, places) for _ in range(many.get(op, 1 + self.dice.below(3)))])

    def truth(self, depth: int) -> Grown:
        """A condition."""
        if depth == 0 or self.dice.one_in(5):
            return self.named(self.dice.pick(self.truths))
        op = self.dice.pick(["and", "or", "not", "compare", "compare", "compare"])
        if op == "compare":
            return self.join(self.dice.pick(COMPARISONS), [self.number(depth - 1, 18), self.number(depth - 1, 18)])
        return self.join(op, [self.truth(depth - 1) for _ in range(1 if op == "not" else 2 + self.dice.below(2))])

    def shares(self, places: int) -> list[int]:
        """How many decimals each factor of a product may have, so that the product has at most `places`."""
        if places >= 18:
            return list(self.dice.pick([[6, 12], [12, 6], [6, 12, 0], [0, 18]]))
        return list(self.dice.pick([[6, places - 6], [0, places]] if places > 6 else [[0, places], [places, 0]]))

    def leaf(self, places: int) -> Grown:
        if self.rows is not None and self.dice.one_in(2):
            return self.sum()
        fitting = [name for name in self.numbers if self.numbers[name] <= places]
        if self.figure and self.dice.one_in(40):
            return self.named(self.dice.pick(self.truths))  # a condition where a number belongs
        if self.dice.one_in(3):
            return self.constant(places)
        return self.named(self.dice.pick(fitting))

    def constant(self, places: int) -> Grown:
        fraction = "".join(str(self.dice.below(10)) for _ in range(self.dice.below(min(places, 12) + 1) // 3))
        whole = str(self.dice.below(self.dice.pick([2, 2, 10, 1000])))
        text = f"{whole}.{fraction}" if fraction else whole
        value = text.rstrip("0").rstrip(".") if fraction else text
        return Grown(text, ATOM, {"op": "constant", "value": value}, [read(text)] * len(self.inputs))

    def named(self, name: str) -> Grown:
        values = [given.get(name, "missing_name") for given in self.inputs]
        return Grown(name, ATOM, {"op": "name", "name": name}, values)

    def sum(self) -> Grown:
        column = self.dice.pick(["tco2", "tco2", "tce", "quantity"])
        only: dict[str, list[str]] = {}
        out: dict[str, list[str]] = {}
        texts: list[str] = []
        for name, words in WORDS.items():
            if not self.dice.one_in(3):
                continue
            chosen = [self.dice.pick(words) for _ in range(1 + self.dice.below(3))]
            barred = self.dice.one_in(3)
            (out if barred else only)[name] = sorted(set(chosen))
            quote = self.dice.pick(['"', '"', "'"])
            listed = ", ".join(f"{quote}{word}{quote}" for word in chosen)
            listed = listed if len(chosen) == 1 and self.dice.one_in(2) else f"[{listed}]"
            texts.append(f"{'not_' if barred else ''}{name}={listed}")
        if self.dice.one_in(2):
            texts.reverse()
        tree = {"op": "sum", "column": column, "only": only, "except": out}
        values = [filtered_sum(column, only, out, rows) for rows in self.rows or []]
        return Grown(f"sum({', '.join([column, *texts])})", ATOM, tree, values)

    def join(self, op: str, parts: list[Grown]) -> Grown:
        """One operation over its parts: tree, text and values."""
        values = [apply(op, [part.values[place] for part in parts]) for place in range(len(self.inputs))]
        if not self.figure:
            within(op, parts, values)
        args = [part.tree for part in parts]
        if op in {"or", "and", "add", "multiply"} and parts[0].tree["op"] == op:
            args = [*parts[0].tree["args"], *args[1:]]  # a chain from the left is one node
        tree = {"op": op, "args": args}
        if op not in SIGNS:
            return Grown(f"{op}({', '.join(part.text for part in parts)})", ATOM, tree, values)
        sign, level = SIGNS[op]
        if len(parts) == 1:
            return Grown(sign + self.bracketed(parts[0], level), level, tree, values)
        first = self.bracketed(parts[0], level + 1 if level == 4 else level)
        rest = [self.bracketed(part, level + 1) for part in parts[1:]]
        return Grown(f" {sign} ".join([first, *rest]), level, tree, values)

    def bracketed(self, part: Grown, least: int) -> str:
        """The text of a part in brackets, where it needs them and sometimes where it does not."""
        return f"({part.text})" if part.level < least or self.dice.one_in(12) else part.text


WORDS = {
    "term": ["fuel", "transform", "el", "heat"],
    "flow": ["final_use", "loss", "purchased", ""],
    "activity_type": ["终端消费", "火力发电", ""],
}


def within(op: str, parts: list[Grown], values: list[Known]) -> None:
    """A table holds 19 digits before the point, an operand of a product fewer; the exact evaluator has no limit."""
    limit = 10**6 if op == "multiply" else 10**15
    for value in [*values, *(value for part in parts for value in part.values)]:
        if isinstance(value, tuple) and abs(value[0]) >= limit * value[1]:
            raise TooLarge
