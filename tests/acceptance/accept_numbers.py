"""Issue 6, must show 6 at full size: how many of 2,000 honest parks are asked any statistical question."""

from __future__ import annotations

from collections import Counter
from time import perf_counter

from tests.acceptance.entries import acceptance
from tests.acceptance.honest_numbers import DATA, asked, resampled, simulated

_SIMULATED, _RESAMPLED = 500, 1_500
_AIM = 0.05


@acceptance("5.6", "2,000 honest parks, simulated and drawn from real series: share with any statistical question")
def honest_parks() -> dict[str, object]:
    return measured(_SIMULATED, _RESAMPLED)


def measured(of_simulator: int, of_life: int) -> dict[str, object]:
    """The share of honest parks with a question, and the questions by test."""
    questions: Counter[str] = Counter()
    hit = {"simulated": 0, "resampled": 0}
    ran = refused = 0
    began = perf_counter()
    from_life = of_life if DATA.is_dir() else 0
    for kind, make, count in (("simulated", simulated, of_simulator), ("resampled", resampled, from_life)):
        for seed in range(count):
            lines = make(seed)
            found = asked(lines)
            questions.update(found)
            hit[kind] += bool(found)
            ran += sum(one.test.p is not None for one in lines)
            refused += sum(one.test.p is None for one in lines)
    parks = of_simulator + from_life
    share = sum(hit.values()) / parks
    assert share <= _AIM, (share, questions)
    return {
        "parks": parks,
        "simulated": of_simulator,
        "resampled_from_real_series": from_life,
        "with_a_question": hit,
        "share": f"{share:.4f}",
        "aim": f"<= {_AIM}",
        "questions_by_test": dict(sorted(questions.items())),
        "tests_run": ran,
        "tests_refused": refused,
        "seconds": f"{perf_counter() - began:.0f}",
    }
