"""great_expectations suites of a verifier or a ruler over result tables (DESIGN 12). The only room that imports it.

Here: loading an allow-listed suite, running it over report tables, its appendix.
Not here: contracts of submitted tables (submission), checks with effects in tonnes (checks).
"""
