"""The accounting query (DESIGN 7): submission and bases in, one line per quantity x factor out.

Passes: rows to situations; situations to routes (Python); rows x routes to lines (engine); carbon balances that may
not be credited; the operator's own intensity; one aggregation to cells, on which figures are computed exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from verify.engine import AMOUNT, FACTOR, QUANTITY, Engine, Table
from verify.ledger.balance import settle
from verify.ledger.basis import Boundary, Changes
from verify.ledger.credit import with_own_intensity
from verify.ledger.membership import Membership, SharedMembership
from verify.ledger.route import Route, Router
from verify.ledger.situations import SUBJECT, Situations, Vocabulary
from verify.ruler import Ruler

ACCOUNTED = ("activity", "production", "process_balances", "emissions")
LINE_TEXTS = (
    "submission_id", "boundary", "reading", "year", "period", "enterprise_id", "source_id", "table", "row_id",
    "measure", "rule", "term", "side", "item", "item_class", "flow", "activity_type", "supply", "where",
    "at_feedstock", "unit", "factor_id", "gate", "credit", "confidence", "evidence_id", "counterparty",
)  # fmt: skip
CELL_KEYS = (
    "boundary", "reading", "year", "enterprise_id", "table", "measure", "rule", "term", "side", "carrier", "item_class",
    "flow", "activity_type", "supply", "where", "at_feedstock", "unit", "confidence", "factor_id", "factor", "default_factor",
    "coefficient", "proven", "supported",
)  # fmt: skip
AMOUNTS = ("quantity", "tco2", "proven_tco2", "strict_tco2", "tce")


@dataclass(frozen=True)
class Ledger:
    """Lines in the engine, their sums as cells, and what could not become a line.

    `lines`: one row per quantity x factor under a boundary and a reading; quantities signed, base units; tco2 and tce
    exact (DECIMAL(38,18)), null where the line is of the other measure. `gaps`: rows whose factor is undefined.
    `cells`: sums by the columns of CELL_KEYS. `balances`: carbon balances per unit and year, credited or not and why.
    `facts`: by accounting table, the rows inside each boundary with the situation that decides how they count;
    `situations` reads that text back.
    """

    lines: Table
    gaps: list[dict[str, Any]]
    cells: list[dict[str, Any]]
    routes: Mapping[str, Route] = field(repr=False)
    balances: list[dict[str, Any]] = field(repr=False)
    facts: Mapping[str, Table] = field(default_factory=dict, repr=False)
    situations: Situations | None = field(default=None, repr=False)

    def route(self, factor_id: str, year: str = "", reading: str = "") -> Route | None:
        """The route behind a factor of a line: in that year and reading, else the first with that factor."""
        exact = self.routes.get(f"{factor_id}@{year}@{reading}")
        return exact or next((route for key, route in self.routes.items() if key.startswith(f"{factor_id}@")), None)


def account(
    engine: Engine,
    ruler: Ruler,
    tables: Mapping[str, Table],
    vocabulary: Vocabulary,
    boundaries: Sequence[Boundary],
    changes: Changes | None = None,
    context: Mapping[str, str] | None = None,
    routed_by: Mapping[str, Ruler] | None = None,
) -> Ledger:
    """The ledger of a submission under all readings, for each boundary and each changed value.

    `context`: what the factors may ask of the park itself, e.g. ``{"province": "jiangsu"}``. `routed_by`: rulers that count
    the rows of a boundary in the place of `ruler`; they differ from it in line rules and factors alone.
    """
    situations = Situations(engine, ruler, tables, vocabulary, context or {})
    membership = Membership(boundaries)
    passed = passes(situations, membership, changes or Changes(), routed_by or {})
    if passed is None:
        return Ledger(_no_lines(engine), [], [], {}, [], {}, situations)
    lines, _ = with_own_intensity(engine, ruler, passed.lines, membership)
    cells = engine.rows(_cells(lines))
    cells.sort(key=lambda cell: tuple(str(cell[key]) for key in CELL_KEYS))
    return Ledger(lines, passed.gaps, cells, passed.routes, passed.balances, passed.facts, situations)


@dataclass(frozen=True)
class Passed:
    """The lines of every reading before the operator's own intensity is known, and what goes with them."""

    lines: Table
    gaps: list[dict[str, Any]]
    routes: Mapping[str, Route]
    balances: list[dict[str, Any]]
    facts: Mapping[str, Table]


def passes(
    situations: Situations,
    membership: Membership | SharedMembership,
    changes: Changes,
    routed_by: Mapping[str, Ruler] | None = None,
) -> Passed | None:
    """Rows to situations, situations to routes, rows x routes to lines, carbon balances. None where no row can count.

    Under a shared membership rows are folded first: lines then carry no row id, period or paper.
    """
    engine, ruler = situations.engine, situations.ruler
    routers = {"": Router(ruler, changes), **{key: Router(one, changes) for key, one in (routed_by or {}).items()}}
    tables = {line.table for router in routers.values() for line in router.ruler.text.method.lines}
    parts: list[Table] = []
    gaps: list[dict[str, Any]] = []
    traces: dict[str, Route] = {}
    kept: dict[str, Table] = {}
    for name in ACCOUNTED:
        table = situations.tables[name]
        if name not in tables or not _any_row(engine, table):
            continue
        facts = situations.facts(name, membership)
        facts = kept[name] = engine.keep(f"facts_{name}", _folded(name, facts) if membership.shared else facts)
        routes = _routes(name, facts, situations, routers, None if membership.shared else traces)
        joined = facts.join(routes, ["boundary", "situation"] if len(routers) > 1 else ["situation"])
        parts.append(_lines(name, joined.filter(lambda t: t.counted)))
        gaps += engine.rows(_gaps(name, joined.filter(lambda t: t.missing != "")))
    if not parts:
        return None
    union = parts[0]
    for part in parts[1:]:
        union = union.union(part)
    lines, balances = settle(engine, engine.keep("lines", union))
    gaps.sort(key=lambda gap: (gap["row_id"], gap["rule"], gap["reading"]))
    return Passed(lines, gaps, traces, balances, kept)


def cells_of(lines: Table, *more: str) -> Table:
    """Lines with the columns of cells and `more`, each as it is: folded lines are as few as their sums."""
    lines = _valued(lines)
    return lines.select(*CELL_KEYS, *more, *AMOUNTS)


def _gaps(name: str, missing: Table) -> Table:
    columns = ("submission_id", "boundary", "reading", "year", "row_id", "enterprise_id", "rule", "term", "missing")
    more = {"partner": missing.partner} if "partner" in missing.columns else {}
    return missing.select(*columns, item=missing[SUBJECT[name]], **more)


def _folded(name: str, facts: Table) -> Table:
    """Rows that become the same lines as one row: quantities added, what only a listing needs left out."""
    keys = [key for key in (*LINE_TEXTS, SUBJECT[name], "partner", "situation") if key in facts.columns]
    import ibis

    dropped = {key: ibis.literal("") for key in ("row_id", "period", "evidence_id") if key in facts.columns}
    if "counterparty" in facts.columns:
        facts = facts.mutate(counterparty=facts.partner)
    keys = list(dict.fromkeys(key for key in keys if key not in dropped))
    facts = facts.mutate(
        below=(facts.quantity < 0).fill_null(False)
    )  # a default is compared line by line: signs stay apart
    folded = facts.group_by([*keys, "below"]).aggregate(quantity=facts.quantity.sum().cast(QUANTITY))
    return folded.drop("below").mutate(**dropped)


def _any_row(engine: Engine, table: Table) -> bool:
    return bool(engine.rows(table.limit(1).select("row_id")))


def _routes(
    name: str, facts: Table, situations: Situations, routers: Mapping[str, Router], traces: dict[str, Route] | None
) -> Table:
    """The routes of every distinct situation, as a table to join; they are kept in `traces` where somebody will ask why.

    Where boundaries have routers of their own, situations are distinct by boundary.
    """
    import pyarrow as pa

    engine = situations.engine
    keys = ("boundary", "situation") if len(routers) > 1 else ("situation",)
    types = {key: kind for key, kind in _ROUTE_TYPES.items() if key != "boundary" or key in keys}
    columns: dict[str, list[Any]] = {key: [] for key in types}
    for row in engine.rows(facts.select(*keys).distinct().order_by(*keys)):
        situation = situations.read(name, row["situation"])
        router = routers.get(row.get("boundary", ""), routers[""])
        for route in router.routes(name, situation):
            if traces is not None and route.effective is not None:
                traces.setdefault(f"{route.factor_id}@{situation.year}@{route.reading}", route)
            row["item_class"] = situation.texts.get("class", "")
            for key in types:
                value = row[key] if key in row else getattr(route, _OF_ROUTE.get(key, key))
                columns[key].append(_twelve(value) if isinstance(value, Decimal) else value)
    schema = pa.schema([(key, kind(pa)) for key, kind in types.items()])
    return engine.table(f"routes_{name}", pa.table(columns, schema=schema))


_OF_ROUTE = {"applied_factor": "factor", "applied_id": "factor_id"}  # rows have columns of these names of their own
_ROUTE_TYPES: dict[str, Any] = {
    **dict.fromkeys(
        (
            "boundary",
            "situation",
            "item_class",
            "rule",
            "measure",
            "reading",
            "term",
            "side",
            "gate",
            "credit",
            "confidence",
            "missing",
        ),
        lambda pa: pa.string(),
    ),
    "sign": lambda pa: pa.int64(),
    "applied_id": lambda pa: pa.string(),
    **dict.fromkeys(("counted", "measured", "proven"), lambda pa: pa.bool_()),
    **dict.fromkeys(("applied_factor", "default_factor", "coefficient"), lambda pa: pa.decimal128(19, 12)),
}


def _twelve(value: Decimal) -> Decimal:
    return value.quantize(Decimal("1E-12"))


def _lines(name: str, joined: Table) -> Table:
    """Lines of one table. `joined` holds facts x routes."""
    import ibis

    subject = SUBJECT[name]
    signed = (joined.quantity * joined.sign.cast("decimal(18, 0)")).cast("decimal(18, 6)")
    carbon = joined.measure != "energy"
    texts = {
        "table": ibis.literal(name),
        "item": joined[subject],
        "carrier": joined[subject],
        **{key: joined[key] for key in LINE_TEXTS if key in joined.columns},
    }
    texts["factor_id"] = joined.applied_id
    for key in LINE_TEXTS:
        texts.setdefault(key, ibis.literal(""))
    return joined.filter(joined.missing == "").select(
        **texts,
        supported=_supported(joined),
        measured=joined.measured,
        proved=joined.proven,
        quantity=signed,
        factor=joined.applied_factor.cast(FACTOR),
        default_factor=joined.default_factor.cast(FACTOR),
        coefficient=joined.coefficient.cast(FACTOR),
        tco2=ibis.ifelse(carbon, (signed * joined.applied_factor).cast(AMOUNT), ibis.null(AMOUNT)),
        default_tco2=ibis.ifelse(carbon, (signed * joined.default_factor).cast(AMOUNT), ibis.null(AMOUNT)),
        tce=ibis.ifelse(carbon, ibis.null(AMOUNT), (signed * joined.coefficient).cast(AMOUNT)),
    )


def _supported(rows: Table) -> Any:
    """Evidence named, or a basis that is more than an estimate."""
    named = rows.evidence_id != ""
    return named | ~rows.basis.isin(["", "estimate", "default"]) if "basis" in rows.columns else named


def _cells(lines: Table) -> Table:
    lines = _valued(lines)
    return lines.group_by(list(CELL_KEYS)).aggregate(
        lines=lines.count(),
        **{
            amount: lines[amount].sum().cast(AMOUNT if amount != "quantity" else "decimal(38, 6)") for amount in AMOUNTS
        },
    )


def _valued(lines: Table) -> Table:
    """Lines with the strict and the proven value of each."""
    import ibis

    proven = lines.proved | (lines.tco2 >= lines.default_tco2)
    lines = lines.mutate(proven=proven.fill_null(True))
    strict = ibis.greatest(lines.tco2, lines.default_tco2)
    return lines.mutate(strict_tco2=strict, proven_tco2=ibis.ifelse(lines.proven, lines.tco2, strict))


def _no_lines(engine: Engine) -> Table:
    import pyarrow as pa

    fields = [(key, pa.string()) for key in (*LINE_TEXTS, "carrier")]
    fields += [
        ("supported", pa.bool_()),
        ("measured", pa.bool_()),
        ("proved", pa.bool_()),
        ("quantity", pa.decimal128(18, 6)),
    ]
    fields += [(key, pa.decimal128(19, 12)) for key in ("factor", "default_factor", "coefficient")]
    fields += [(key, pa.decimal128(38, 18)) for key in ("tco2", "default_tco2", "tce")]
    return engine.table("lines", pa.schema(fields).empty_table())
