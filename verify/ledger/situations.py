"""Rows as the line rules see them: inside which boundary, across which fence, with what measured, beside what.

Each row of an accounting table gets a `situation`: one text of everything that decides how it counts. The distinct
situations are few (hundreds where rows are tens of thousands) and are classified in Python; the rows stay in the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.engine import Engine, Table
from verify.ledger.factor import Situation
from verify.ledger.membership import Membership, Pair, SharedMembership
from verify.ledger.unseen import unseen_periods
from verify.ruler import Ruler

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATOR = "\x1f"
TEXTS: dict[str, tuple[str, ...]] = {
    "activity": (
        "carrier",
        "flow",
        "activity_type",
        "supply",
        "where",
        "covered",
        "has_biogenic",
        "evidence_kind",
        "year",
    ),
    "production": ("product", "route", "flow", "listed", "balanced", "has_factor", "evidence_kind", "year"),
    "process_balances": ("product", "flow", "material", "carrier", "evidence_kind", "year"),
    "emissions": ("gas", "unit", "gwp_set", "evidence_kind", "year"),
}
MEASURED: dict[str, tuple[str, ...]] = {
    "activity": ("ncv", "carbon_content", "biogenic_fraction", "factor"),
    "production": ("factor",),
    "process_balances": ("carbon_content",),
    "emissions": (),
}
SUBJECT = {"activity": "carrier", "production": "product", "process_balances": "material", "emissions": "gas"}
ACROSS = ("purchased", "sold", "tolled_in", "tolled_out")


class Vocabulary:
    """What the contract says of carriers: class, family and dimension, by carrier id."""

    def __init__(self, carriers: Mapping[str, Mapping[str, Any]]) -> None:
        self._carriers = carriers

    @classmethod
    def standard(cls) -> Vocabulary:
        """The carriers of the table contract (rules/tables/carriers.yaml)."""
        from verify.submission.contract import carriers

        return cls(
            {
                name: {
                    "class": one.class_,
                    "family": one.family,
                    "dimension": one.dimension,
                    "zh": one.zh,
                    "en": one.en,
                }
                for name, one in carriers().items()
            }
        )

    @property
    def carriers(self) -> list[str]:
        """Every carrier id."""
        return list(self._carriers)

    def title(self, carrier: str) -> dict[str, str]:
        """The name of a carrier in both languages (its id where it is not in the vocabulary)."""
        body = self._carriers.get(carrier, {})
        return {language: str(body.get(language, carrier)) for language in ("zh", "en")}

    def traits(self, carrier: str) -> dict[str, str]:
        """``class``, ``family`` and ``dimension`` of a carrier ('' where unknown)."""
        body = self._carriers.get(carrier, {})
        return {key: str(body.get(key, "")) for key in ("class", "family", "dimension")}


class Situations:
    """Builds the `facts` of each accounting table: the rows inside each boundary, with their situation."""

    def __init__(
        self,
        engine: Engine,
        ruler: Ruler,
        tables: Mapping[str, Table],
        vocabulary: Vocabulary,
        context: Mapping[str, str],
    ) -> None:
        self.engine = engine
        self.ruler = ruler
        self.tables = tables
        self.vocabulary = vocabulary
        self.context = context

    def trades(self) -> list[Pair]:
        """(enterprise, counterparty) of every row across a fence."""
        rows = self.tables["activity"].filter(lambda t: t.flow.isin(ACROSS) & (t.counterparty != ""))
        pairs = self.engine.rows(rows.select("enterprise_id", "counterparty").distinct())
        return sorted((one["enterprise_id"], one["counterparty"]) for one in pairs)

    def facts(self, name: str, membership: Membership | SharedMembership) -> Table:
        """Rows of table `name` inside each boundary, with columns boundary, where, evidence_kind, situation and more."""
        import ibis

        rows = self.tables[name]
        periods = sorted(row["period"] for row in self.engine.rows(rows.select("period").distinct()))
        members, inside = membership.tables(self.engine, periods)
        if isinstance(membership, SharedMembership):
            partner = partner_of(rows, membership.partners) if name == "activity" else ibis.literal("")
            rows = rows.mutate(partner=partner)
        rows = rows.join(members, list(membership.keys))
        evidence = (
            self.tables["evidence"]
            .select("evidence_id", evidence_kind="kind")
            .distinct(on=["evidence_id"], keep="first")
        )
        rows = rows.left_join(evidence, "evidence_id", rname="{name}_of_evidence").drop("evidence_id_of_evidence")
        rows = rows.mutate(evidence_kind=rows.evidence_kind.fill_null(""))
        if name == "activity":
            rows = self._confirmed(rows)
        rows = getattr(self, f"_{name}")(rows, inside)
        parts = [rows[column] for column in TEXTS[name]]
        parts += [rows[column].cast("string").fill_null("") for column in MEASURED[name]]
        return rows.mutate(situation=ibis.literal(_SEPARATOR).join(parts))

    def read(self, name: str, text: str) -> Situation:
        """A situation text, read back."""
        parts = text.split(_SEPARATOR)
        texts = {**self.context, **dict(zip(TEXTS[name], parts, strict=False))}
        numbers = dict(zip(MEASURED[name], parts[len(TEXTS[name]) :], strict=False))
        measured = {key: Fraction(value) for key, value in numbers.items() if value}
        if name in {"activity", "process_balances"}:
            texts.update(self.vocabulary.traits(texts["carrier"]))
        dimension = texts.get("dimension") or "mass"
        return Situation(texts, measured, texts["year"], dimension, texts["evidence_kind"])

    def _confirmed(self, rows: Table) -> Table:
        """`rows`, those without evidence that rest on certificates which no registry confirmed."""
        import ibis

        rule, unseen = self.ruler.text.method.certificates, unseen_periods(self.engine, self.ruler, self.tables)
        if rule is None or not unseen:
            return rows
        keys = rows.submission_id.concat(_SEPARATOR, rows.period)
        here = (
            (rows.carrier == "electricity")
            & rows.supply.isin(rule.supply)
            & keys.isin([_SEPARATOR.join(one) for one in unseen])
        )
        return rows.mutate(evidence_kind=ibis.ifelse(here, "", rows.evidence_kind))

    def _activity(self, rows: Table, inside: Table) -> Table:
        import ibis

        inside = inside.mutate(known=ibis.literal(True))
        rows = rows.left_join(inside, ["boundary", "counterparty", "period"], rname="{name}_inside")
        across = rows.flow.isin(ACROSS)
        where = ibis.cases(
            (~across, "none"),
            (rows.counterparty == "", "unknown"),
            (rows.known.fill_null(False), "inside"),
            else_="outside",
        )
        rows = rows.mutate(where=where, has_biogenic=ibis.ifelse(rows.biogenic_fraction.isnull(), "no", "yes")).drop(
            "known", "boundary_inside", "counterparty_inside", "period_inside"
        )
        feeding = self.tables["activity"].filter(lambda t: t.flow == "feedstock")
        feeding = feeding.select("enterprise_id", "source_id", "year", feeds=ibis.literal("yes")).distinct()
        rows = rows.left_join(feeding, ["enterprise_id", "source_id", "year"], rname="{name}_feed")
        rows = rows.mutate(at_feedstock=rows.feeds.fill_null("no")).drop(
            "feeds", "enterprise_id_feed", "source_id_feed", "year_feed"
        )
        keys = ["enterprise_id", "source_id", "year", "carrier"]
        rows = rows.left_join(self._coverage(), keys, rname="{name}_cover")
        return rows.mutate(covered=rows.coverage.fill_null("no")).drop("coverage", *[f"{key}_cover" for key in keys])

    def _production(self, rows: Table, inside: Table) -> Table:
        import ibis

        listed = ibis.ifelse(rows["product"].isin(list(self.ruler.text.processes) or [""]), "yes", "no")
        rows = rows.mutate(listed=listed, has_factor=ibis.ifelse(rows.factor.isnull(), "no", "yes"))
        balances = self.tables["process_balances"].select(
            "enterprise_id", "source_id", "year", "product", balance=ibis.literal("yes")
        )
        keys = ["enterprise_id", "source_id", "year", "product"]
        rows = rows.left_join(balances.distinct(), keys, rname="{name}_balance")
        return rows.mutate(balanced=rows.balance.fill_null("no")).drop("balance", *[f"{key}_balance" for key in keys])

    def _process_balances(self, rows: Table, inside: Table) -> Table:
        return rows

    def _emissions(self, rows: Table, inside: Table) -> Table:
        return rows

    def _coverage(self) -> Table:
        """(enterprise, source, year, carrier) whose carbon a product factor of the same unit holds, or may hold."""
        made = self.tables["production"].filter(lambda t: (t.flow == "made") & (t.source_id != ""))
        found: dict[tuple[str, str, str, str], str] = {}
        for row in self.engine.rows(made.select("enterprise_id", "source_id", "year", "product").distinct()):
            rule = self.ruler.text.processes.get(row["product"])
            if rule is None:
                continue
            covered = rule.covers if rule.known else self._carbon_carriers()
            for carrier in covered:
                key = (row["enterprise_id"], row["source_id"], row["year"], carrier)
                found[key] = "yes" if rule.known else found.get(key, "unknown")
        columns = ("enterprise_id", "source_id", "year", "carrier", "coverage")
        rows = [(*key, word) for key, word in sorted(found.items())]
        return self.engine.table("coverage", _table(columns, rows))

    def _carbon_carriers(self) -> list[str]:
        return [name for name in self.vocabulary.carriers if self.vocabulary.traits(name)["family"] in {"coal", "gas"}]


def partner_of(rows: Table, partners: list[str]) -> Any:
    """The counterparty of a row across a fence that may be a member too, else ''; `partners` are all that may be."""
    import ibis

    return ibis.ifelse(rows.flow.isin(ACROSS) & rows.counterparty.isin(partners or [""]), rows.counterparty, "")


def _texts(*columns: str) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([(column, pa.string()) for column in columns])


def _table(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(columns)}, schema=_texts(*columns))
