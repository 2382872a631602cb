"""A ruler that is ready to use: text, values, compiled formulas, digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from verify.canonical import digest
from verify.formula import Tree
from verify.ruler.model import Document, RulerText
from verify.ruler.values import Entry, Value


@dataclass(frozen=True)
class Ruler:
    """`text` as written, `values` that it can reach, `trees` of every formula by its text."""

    text: RulerText
    values: Mapping[str, Value] = field(repr=False)
    trees: Mapping[str, Tree] = field(repr=False)
    documents: Mapping[str, Document] = field(repr=False)

    @property
    def id(self) -> str:
        """The ruler's id, e.g. ``cn-national-2025``."""
        return self.text.id

    @cached_property
    def sha256(self) -> str:
        """Digest of everything the ruler resolves to (DESIGN 5.6): its text, its values, its formula trees."""
        return digest(self.plain())

    def plain(self) -> dict[str, Any]:
        """Everything the ruler resolves to, as the canonical data behind its digest."""
        return {
            "text": self.text.model_dump(mode="json"),
            "values": [self.values[key].plain() for key in sorted(self.values)],
            "trees": {key: self.trees[key] for key in sorted(self.trees)},
            "documents": {key: self.documents[key].model_dump(mode="json") for key in sorted(self.documents)},
        }

    def tree(self, formula: str) -> Tree:
        """The compiled tree of a formula text of this ruler."""
        return self.trees[formula]

    def bound(self, identifier: str) -> str:
        """A value id after binding: ``fuel.diesel.ncv`` -> ``gbt32151_34_2024.diesel.ncv`` under ``bind: {fuel: …}``."""
        if identifier in self.values:
            return identifier
        head, _, rest = identifier.partition(".")
        target = self.text.bind.get(head)
        return f"{target}.{rest}" if target is not None else identifier

    def find(self, identifier: str, year: str) -> tuple[Value, Entry] | None:
        """The value and its entry for data of `year`; None where the law prints none (or only a range)."""
        value = self.values.get(self.bound(identifier))
        if value is None:
            return None
        entry = value.at(year)
        return None if entry is None else (value, entry)

    def number(self, identifier: str, year: str = "") -> Fraction:
        """The number of a value that must be there, in base units. KeyError is a fault of the ruler, seen by lint."""
        found = self.find(identifier, year or self.text.baseline.year or "9999")
        if found is None:
            raise KeyError(identifier)
        return found[1].value

    def document(self, identifier: str) -> dict[str, Any]:
        """A document of the ruler as plain data ({} where the id is unknown)."""
        document = self.documents.get(identifier)
        return document.model_dump(mode="json") if document else {}
