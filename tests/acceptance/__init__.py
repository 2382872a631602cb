"""Full sizes: what `make accept` runs and writes to docs/acceptance.json, which closing notes quote.

An entry is a function with `@acceptance` in a module ``accept_*.py`` of this package. It asserts what must hold and
returns the values it measured; nothing that is written to the record is typed by hand.
"""
