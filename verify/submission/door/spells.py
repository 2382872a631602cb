"""Membership spells: two of one enterprise that overlap, and rows of a time in which their enterprise was no member."""

from __future__ import annotations

from collections.abc import Iterator

from verify.submission.contract import Contract
from verify.submission.door.ingest import Ingest
from verify.submission.door.references import Condition

OVERLAP = "TZ-SUB-18"
OUTSIDE = "TZ-SUB-23"
_FIRST, _LAST = "date '0001-01-01'", "date '9999-12-31'"


def overlapping(contract: Contract, source: str) -> Iterator[Condition]:
    """The later of two overlapping spells of one subject. Rows with equal keys are judged by their keys, not here."""
    for rule in contract.rules:
        if rule.rule != "no_overlap":
            continue
        begin, end = rule.columns
        same = " and ".join(f'other."{name}" = own."{name}"' for name in rule.of)
        predicate = f"""exists (
            select 1 from {source} other
            where {same} and other._bad = '' and other._key <> own._key
              and coalesce(other."{begin}", {_FIRST}) <= coalesce(own."{begin}", {_FIRST})
              and coalesce(other."{end}", {_LAST}) >= coalesce(own."{begin}", {_FIRST})
              and coalesce(own."{end}", {_LAST}) >= coalesce(own."{begin}", {_FIRST}))"""
        yield Condition(OVERLAP, begin, predicate, "overlap", excludes=True)


def outside(contract: Contract, members: str, ingest: Ingest) -> Iterator[Condition]:
    """Rows of a known enterprise that no spell of it touches. `members` is the relation of enterprises."""
    rule = next((rule for rule in contract.rules if rule.rule == "inside_spell"), None)
    bounded = ingest.one(f'select count(*) from {members} where "from" is not null or "to" is not null')[0]
    if rule is None or not bounded:
        return
    begin = """case when length(own.period) = 4 then cast(own.period || '-01-01' as date)
                    else cast(own.period || '-01' as date) end"""
    end = """case when length(own.period) = 4 then cast(own.period || '-12-31' as date)
                  else last_day(cast(own.period || '-01' as date)) end"""
    if {"from", "to"} <= set(rule.columns):
        begin, end = f'coalesce(own."from", {begin})', f'coalesce(own."to", {end})'
    predicate = f"""own.enterprise_id in (select enterprise_id from {members}) and not exists (
        select 1 from {members} spell
        where spell.enterprise_id = own.enterprise_id
          and coalesce(spell."from", {_FIRST}) <= {end} and coalesce(spell."to", {_LAST}) >= {begin})"""
    yield Condition(OUTSIDE, "period", predicate, "outside_spell", excludes=True)
