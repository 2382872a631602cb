"""Equal business keys: ordinals in content order, exact duplicates, keys with more than one content.

Count first: only rows whose key stands more than once are ranked.
"""

from __future__ import annotations

from verify.submission.door.ingest import Ingest, TableStore

DUPLICATE = "TZ-SUB-14"
CONFLICT = "TZ-SUB-15"


def rank(store: TableStore, ingest: Ingest) -> str | None:
    """The relation of ranks of the rows of `store` (_sheet, _line, ordinal, leads, code), or None where every key stands once.

    The ordinal counts equal keys in the order of their content, so that it is the same in every form of the submission.
    """
    contract, source, ranks = store.contract, store.name, f"ranks_{store.contract.table}"
    repeated = store.repeated()
    if repeated is None:
        return None
    content = ", ".join(f"coalesce(cast(\"{name}\" as varchar), '')" for name in contract.canonical_columns)
    ingest.run(f"""
        create temp table {ranks} as
        with content as (
            select _key, _sheet, _line, _bad, concat_ws(chr(31), {content}, _raw) as content
            from {source} semi join {repeated} using (_key)
        ), ranked as (
            select _sheet, _line, _bad,
                   row_number() over (partition by _key order by content, _sheet, _line) as ordinal,
                   row_number() over (partition by _key, content order by _sheet, _line) as copy,
                   min(content) filter (where _bad = '') over (partition by _key) as least,
                   max(content) filter (where _bad = '') over (partition by _key) as most,
                   row_number() over (partition by _key order by _bad <> '', content, _sheet, _line) = 1 as leads
            from content
        )
        select _sheet, _line, ordinal, leads,
               case when _bad <> '' then '' when least <> most then '{CONFLICT}' when copy > 1 then '{DUPLICATE}' else '' end as code
        from ranked
    """)
    return ranks
