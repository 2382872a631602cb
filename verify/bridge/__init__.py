"""The bridges: exact, additive splits of a change between two years and of one year's level (DESIGN 9).

Here: reduction, ratio and level bridge over ledgers of sets of bases, and how they hold under other base years, boundaries and classifications.
Not here: single effects of findings (checks), pictures of a bridge (report), the accounting itself (ledger).
"""
