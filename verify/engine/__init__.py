"""The table engine: ibis expressions on DuckDB. The one place that opens a connection and fixes the number types."""

from verify.engine.duck import AMOUNT, FACTOR, QUANTITY, Engine, Table

__all__ = ["AMOUNT", "FACTOR", "QUANTITY", "Engine", "Table"]
