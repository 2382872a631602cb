"""What of a report is public, committed or withheld, by the ruler's rule (DESIGN 10).

Here: report and disclosure rule in, public report and the list of what it withholds out.
Not here: rendering (report), commitments and signatures (attest), the published folder (bundle).
"""

from verify.disclosure.disclose import Disclosed, disclose
from verify.disclosure.public_part import public_part
from verify.disclosure.rule import Rule
from verify.disclosure.small_groups import safe, suppressed
from verify.disclosure.tables import COLUMNS, public_cells
from verify.disclosure.term_sums import telling_terms

__all__ = [
    "COLUMNS",
    "Disclosed",
    "Rule",
    "disclose",
    "public_cells",
    "public_part",
    "safe",
    "suppressed",
    "telling_terms",
]
