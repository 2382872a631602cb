"""Raw batches to typed batches: our own coercion, vectorised over the distinct texts of each column."""

from verify.submission.typed.log import FaultLog, Logged
from verify.submission.typed.notes import code_of
from verify.submission.typed.table import PLACES, TableTyper

__all__ = ["PLACES", "FaultLog", "Logged", "TableTyper", "code_of"]
