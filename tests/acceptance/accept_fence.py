"""Issue 1 of 8, must show 4 at full size: the fence, and every row of conversion, recovery and feedstock under every label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.acceptance.entries import acceptance
from tests.golden.amounts_by_hand import Park, hedong, px2_by_hand
from tests.golden.many_years import ROOM, Variant, accounted
from tests.golden.mislabelled import CODES, Case, by_hand, chunks, every_label, raised, told
from tests.golden.parks_by_hand import PACK
from tests.golden.test_fence import test_a_sale_inside_moves_neither, test_the_chp_moves_out_and_in

MONTHS = [f"-{month:02d}" for month in range(1, 13)]
_DOOR = frozenset({"TZ-SUB-14", "TZ-SUB-24"})  # a second copy of another row; a conversion of a fuel without its type


@acceptance("1.4", "the fence; every row of conversion, recovery and feedstock twice, missing and under every label")
def fence() -> dict[str, object]:
    parks = ["honest-not-met", *(["PX-2"] if PACK.is_file() else [])]
    for name in parks:
        test_the_chp_moves_out_and_in(name)
        test_a_sale_inside_moves_neither(name)
    by_name = {"honest-not-met": [hedong(month) for month in MONTHS], "PX-2": [px2_by_hand()]}
    return {
        "fence": parks,
        "amounts": {name: _amounts(by_name[name]) for name in parks},
        "labels": {name: _labels(by_name[name][len(by_name[name]) // 2]) for name in parks},
        "skipped": [] if PACK.is_file() else ["PX-2: the domain pack ../shared/domain is not here"],
    }


def _amounts(parks: Sequence[Park]) -> dict[str, object]:
    """Every row twice, dropped, in two other flows and under another term, each with its amount by hand."""
    cases = [case for park in parks for case in by_hand(park)]
    codes: Counter[str] = Counter()
    for part in chunks(cases, ROOM - 1):
        with accounted(parks[0].book, _variants(parks[0], part), CODES) as years:
            silent = [told(case, years, at) for at, case in enumerate(part, 1) if not raised(case, years, at)]
            assert not silent, silent[:5]
            codes.update(case.expected.code for case in part if case.expected is not None)
            for at, case in enumerate(part, 1):
                print(told(case, years, at))
    return {"rows": len(cases) // 5, "cases": len(cases), "with_amount_by_hand": dict(sorted(codes.items()))}


def _labels(park: Park) -> dict[str, object]:
    """Every row under every other flow and type: what moves a term or T is found; what moves nothing may be silent."""
    cases = list(every_label(park))
    silent: list[str] = []
    moved = 0
    for part in chunks(cases, ROOM - 1):
        with accounted(park.book, _variants(park, part), CODES, _DOOR) as years:
            for at, case in enumerate(part, 1):
                moves = years.terms(at) != years.terms(0)
                moved += moves
                if not raised(case, years, at):
                    assert not moves, told(case, years, at)
                    silent.append(case.name)
    return {"cases": len(cases), "that_move_a_figure": moved, "silent_because_nothing_moves": silent}


def _variants(park: Park, cases: Sequence[Case]) -> list[Variant]:
    return [Variant(park.book.activity), *(case.variant for case in cases)]
