"""All tests of TrueZero: unit, vectors, golden, acceptance, browser, code_health."""
