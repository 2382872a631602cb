"""What becomes of every row: used, excluded or blocking, with its row id (DESIGN 4, dispositions).

`blocking` is a row of the enterprises table that cannot be trusted: it stays in the table, because without its member
nothing else can be attributed, and no conclusion may rest on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verify.submission.contract import Contract
from verify.submission.door.ingest import Ingest, TableStore
from verify.submission.door.keys import CONFLICT, DUPLICATE, rank
from verify.submission.door.references import Condition
from verify.submission.typed import FaultLog, Logged
from verify.submission.typed.log import LISTED

if TYPE_CHECKING:
    import pyarrow as pa

_FRAME = "enterprises"  # the table whose faults block instead of excluding


@dataclass(slots=True)
class Resolved:
    """One table with the fate of each row.

    Columns: row_id, the canonical columns, `_disposition`, `_code`, `_sheet`, `_line`; `data` holds them, ordered by row
    id, or `file` does where the table is large, in no order: sorting 2 GiB took a gibibyte, and nothing asks for it.
    """

    contract: Contract
    rows: int
    used: int
    excluded: int
    blocking: int
    relation: str
    data: pa.Table | None
    file: Path | None


def resolve(store: TableStore, conditions: Iterable[Condition], ingest: Ingest, log: FaultLog) -> Resolved:
    """Judge the rows of one finished store; log what is found."""
    contract, source = store.contract, store.name
    ranks = rank(store, ingest)
    if ranks is not None:
        for code, reason in ((DUPLICATE, "duplicate"), (CONFLICT, "conflict")):
            condition = Condition(
                code,
                "",
                f"(_sheet, _line) in (select (_sheet, _line) from {ranks} where code = '{code}')",
                reason,
                False,
            )
            _count(contract, source, [condition], ingest, log)
    verdicts = _verdicts(contract, source, list(conditions), ingest, log)
    query = _query(contract, source, ranks, verdicts)
    relation = f"resolved_{contract.table}"
    file: Path | None = None
    data: pa.Table | None = None
    if store.spilled:
        file = ingest.workdir / f"{contract.table}.parquet"
        path = str(file).replace("'", "''")
        ingest.run(f"copy ({query}) to '{path}' (format parquet, compression zstd, row_group_size 61440)")
        ingest.run(f"create view {relation} as select * from read_parquet('{path}')")
    else:
        data = ingest.arrow(f"{query} order by row_id")
        ingest.put(relation, data)
    fates = dict(ingest.rows(f"select _disposition, count(*) from {relation} group by _disposition"))
    return Resolved(
        contract,
        store.rows,
        fates.get("used", 0),
        fates.get("excluded", 0),
        fates.get("blocking", 0),
        relation,
        data,
        file,
    )


def _verdicts(
    contract: Contract, source: str, conditions: list[Condition], ingest: Ingest, log: FaultLog
) -> str | None:
    """The relation of the rows that a condition excludes, with the first code of each."""
    met = [one for one in _count(contract, source, conditions, ingest, log) if one.excludes]
    if not met:
        return None
    name = f"verdicts_{contract.table}"
    parts = (f"select _sheet, _line, '{one.code}' as code {_where(source, one)}" for one in met)
    ingest.run(
        f"create temp table {name} as select _sheet, _line, min(code) as code from ({' union all '.join(parts)}) group by all"
    )
    return name


def _count(
    contract: Contract, source: str, conditions: list[Condition], ingest: Ingest, log: FaultLog
) -> list[Condition]:
    """Count every condition in one pass, list rows only where there are any. Returns the conditions that were met."""
    if not conditions:
        return []
    sums = ", ".join(f"count(*) filter (where {one.predicate})" for one in conditions)
    counts = ingest.one(f"select {sums} from {source} own where _bad = ''")
    met = []
    for one, count in zip(conditions, counts, strict=True):
        if not count:
            continue
        met.append(one)
        raw = f'cast("{one.column}" as varchar)' if one.column else "''"
        shown = ingest.rows(
            f"select {raw}, _sheet, _line {_where(source, one)} order by _key, _sheet, _line limit {LISTED}"
        )
        reason = {"reason": one.reason}
        listed = [
            Logged(one.code, contract.table, one.column, text or "", reason, sheet, line) for text, sheet, line in shown
        ]
        log.add_many(count, listed)
    return met


def _where(source: str, condition: Condition) -> str:
    return f"from {source} own where _bad = '' and ({condition.predicate})"


def _query(contract: Contract, source: str, ranks: str | None, verdicts: str | None) -> str:
    columns = ", ".join(f't."{name}"' for name in contract.canonical_columns)
    ordinal = "coalesce(r.ordinal, 1)" if ranks else "1"
    codes = ["nullif(t._bad, '')", *(["nullif(r.code, '')"] if ranks else []), *(["v.code"] if verdicts else []), "''"]
    code = f"coalesce({', '.join(codes)})"
    fate = "'excluded'"
    if contract.table == _FRAME:
        twin = " or (r.code <> '' and not r.leads)" if ranks else ""
        fate = f"case when t.enterprise_id = ''{twin} then 'excluded' else 'blocking' end"
    joins = "".join(
        f" left join {name} {letter} using (_sheet, _line)" for name, letter in ((ranks, "r"), (verdicts, "v")) if name
    )
    return f"""
        select '{contract.table}:' || t._key || '#' || {ordinal} as row_id, {columns},
               case when {code} = '' then 'used' else {fate} end as _disposition,
               {code} as _code, t._sheet, t._line
        from {source} t{joins}"""
