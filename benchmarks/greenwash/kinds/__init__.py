"""The kinds of manipulation-patterns.md section 6 that the tables can hold, one module for each part of the catalogue."""
