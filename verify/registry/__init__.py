"""Frozen history over filings: digests per enterprise, source and year, matching of parks, figures of other authorities (DESIGN 8 H).

Here: commitments at first filing, opening them later, overlap of polygons, codes and sources.
Not here: the log that makes a commitment public (attest), reading a submission (submission).
"""
