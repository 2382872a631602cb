"""The reader's page (verifier.html) against the program: the same bundles, the same formulas."""
