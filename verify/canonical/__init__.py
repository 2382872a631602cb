"""One way to write things down: RFC 8785 bytes, digests, decimals. Knows nothing of tables or parks."""

from verify.canonical.jcs import canonical_bytes, digest
from verify.canonical.numbers import FACTOR_PLACES, QUANTITY_PLACES, decimal_text, exact, quantise, rounded

__all__ = [
    "FACTOR_PLACES",
    "QUANTITY_PLACES",
    "canonical_bytes",
    "decimal_text",
    "digest",
    "exact",
    "quantise",
    "rounded",
]
