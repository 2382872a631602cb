"""Forensic statistics on plain numbers (manipulation-patterns.md 3): they rank where to look, and never decide.

Pure mathematics, float64, no table and no rule: thresholds come from the caller. Each test is gated; below its gate it
returns `Declined` with a reason and never a number.
"""

from verify.statistics.auditing import attribute_sample_size, poisson_limit, projected, unit_sample_size, upper_limit
from verify.statistics.breaks import Break, Cusum, ols_cusum, sup_f, tabular_cusum
from verify.statistics.copies import EqualPairs, equal_pairs, scaled_copy
from verify.statistics.digits import (
    Digits,
    benford,
    benford_p,
    chi_square,
    first_of_two,
    last_digits,
    leading_digits,
    mad,
    mad_critical,
    mad_expected,
    most_frequent,
    uniform_last,
)
from verify.statistics.family import benjamini_hochberg, holm
from verify.statistics.gates import Declined, Verdict
from verify.statistics.grid import Grid, grid_of
from verify.statistics.heaping import heaped
from verify.statistics.hugging import hugging
from verify.statistics.peers import modified_z, outlying
from verify.statistics.variance import too_little

__all__ = [
    "Break",
    "Cusum",
    "Declined",
    "Digits",
    "EqualPairs",
    "Grid",
    "Verdict",
    "attribute_sample_size",
    "benford",
    "benford_p",
    "benjamini_hochberg",
    "chi_square",
    "equal_pairs",
    "first_of_two",
    "grid_of",
    "heaped",
    "holm",
    "hugging",
    "last_digits",
    "leading_digits",
    "mad",
    "mad_critical",
    "mad_expected",
    "modified_z",
    "most_frequent",
    "ols_cusum",
    "outlying",
    "poisson_limit",
    "projected",
    "scaled_copy",
    "sup_f",
    "tabular_cusum",
    "too_little",
    "uniform_last",
    "unit_sample_size",
    "upper_limit",
]
