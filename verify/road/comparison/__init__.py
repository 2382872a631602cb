"""Comparison: one submission under many rulers, two submissions beside each other, a change of ruler over many parks.

Every number is a recomputation under a named basis; nothing is added that overlaps, and no ruler is known by its id.
"""

from verify.road.comparison.impact import impact
from verify.road.comparison.order import compare_two
from verify.road.comparison.under import compare

__all__ = ["compare", "compare_two", "impact"]
