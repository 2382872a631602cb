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
from verify.ruler.origin import Origin
from verify.ruler.overrides import Override
from verify.ruler.values import Entry, Value


@dataclass(frozen=True)
class Ruler:
    """`text` as written, `values` that it can reach, `trees` of every formula by its text."""

    text: RulerText
    values: Mapping[str, Value] = field(repr=False)
    trees: Mapping[str, Tree] = field(repr=False)
    documents: Mapping[str, Document] = field(repr=False)
    lineage: tuple[tuple[str, str], ...] = ()  # (id, sha256) of the layers below, the lowest first
    overrides: tuple[Override, ...] = field(default=(), repr=False)
    origin: Origin | None = field(default=None, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The ruler's id, e.g. ``cn-national-2025``."""
        return self.text.id

    def named_by(self, text: str) -> bool:
        """Whether a park that names `text` in park.yaml files under this ruler, or under one that it is a layer of."""
        named = text.partition("@")[0]
        return not named or named in {self.id, *(identifier for identifier, _ in self.lineage)}

    @cached_property
    def sha256(self) -> str:
        """Digest of everything the ruler resolves to (DESIGN 5.6): its text, its values, its formula trees."""
        return digest(self.plain())

    def plain(self) -> dict[str, Any]:
        """Everything the ruler resolves to, as the canonical data behind its digest."""
        laid = {"lineage": [list(one) for one in self.lineage], "overrides": [one.plain() for one in self.overrides]}
        return {
            **{key: one for key, one in laid.items() if one},
            "text": self.text.model_dump(mode="json"),
            "values": [self.values[key].plain() for key in sorted(self.values)],
            "trees": {key: self.trees[key] for key in sorted(self.trees)},
            "documents": {key: self.documents[key].model_dump(mode="json") for key in sorted(self.documents)},
        }

    @cached_property
    def heads(self) -> frozenset[str]:
        """The first parts of all names that the ruler holds or asks for (verify.ruler.reach)."""
        from verify.ruler.reach import heads

        return heads(self)

    @cached_property
    def beside(self) -> Mapping[str, frozenset[str]]:
        """Readings that a layer added to an open point of a ruler below: computed beside the others, never the headline."""
        found: dict[str, set[str]] = {}
        for one in self.overrides:
            if len(one.at) == 4 and (one.at[0], one.at[2], one.direction) == ("parameters", "readings", "superset"):
                found.setdefault(one.at[1], set()).add(one.at[3])
        return {name: frozenset(readings) for name, readings in found.items()}

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

    @cached_property
    def own_documents(self) -> tuple[str, ...]:
        """Ids of the documents that the files of this ruler name themselves, not those of a ruler that it rests on."""
        if self.origin is None or self.origin.head is None:
            return ()
        folder = self.origin.head.file.partition("/")[0]
        found = {one: self.origin.find(("documents", one))[0].file for one in self.text.documents}
        return tuple(one for one, file in found.items() if file.partition("/")[0] == folder)

    def document(self, identifier: str) -> dict[str, Any]:
        """A document of the ruler as plain data ({} where the id is unknown)."""
        document = self.documents.get(identifier)
        return document.model_dump(mode="json") if document else {}
