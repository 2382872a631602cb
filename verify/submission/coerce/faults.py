"""Why a text could not be read."""

from __future__ import annotations

from dataclasses import dataclass

NOT_IN_VOCABULARY = "TZ-SUB-06"
NOT_A_NUMBER = "TZ-SUB-07"
BAD_PERIOD = "TZ-SUB-08"
BAD_DATE = "TZ-SUB-09"
UNKNOWN_UNIT = "TZ-SUB-10"
WRONG_DIMENSION = "TZ-SUB-11"
NEGATIVE = "TZ-SUB-12"
OUT_OF_RANGE = "TZ-SUB-13"
NO_STEAM_STATE = "TZ-SUB-27"


@dataclass(frozen=True, slots=True)
class Fault:
    """`code` of the finding, `reason` (a word of ``submission.reason_*`` in the catalogue) and what the words need."""

    code: str
    reason: str
    arguments: tuple[tuple[str, str], ...] = ()


def fault(code: str, reason: str, **arguments: str) -> Fault:
    """A `Fault` from keyword arguments."""
    return Fault(code, reason, tuple(arguments.items()))
