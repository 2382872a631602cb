"""The ledger (台账): one line per quantity x factor, and the exact figures that rest on it."""

from verify.ledger.account import ACCOUNTED, Ledger, account
from verify.ledger.basis import (
    METHOD,
    REFERENCE,
    REPORTED,
    Assignment,
    Basis,
    Boundary,
    Changes,
    Spell,
    defaults,
    value_key,
)
from verify.ledger.figures import KINDS, Figures, ValueKind
from verify.ledger.indicators import Flip, Judged, Outcome, contributing, deciding, judge, outcome
from verify.ledger.many import Many, account_many, needed
from verify.ledger.situations import Vocabulary

__all__ = [
    "ACCOUNTED", "KINDS", "METHOD", "REFERENCE", "REPORTED", "Assignment", "Basis", "Boundary", "Changes", "Figures", "Flip",
    "Judged", "Ledger", "Many", "Outcome", "Spell", "ValueKind", "Vocabulary", "account", "account_many", "contributing",
    "deciding", "defaults", "judge", "needed", "outcome", "value_key",
]  # fmt: skip
