"""Commitments to numbers and texts that stay unpublished (attestation.md section 8): made, added up, opened.

Values only: which rows are committed and which totals are published is for `verify.road.committed`, the members of a bundle
for `verify.bundle.committed`. Format: docs/formats/commitments.md.
"""
