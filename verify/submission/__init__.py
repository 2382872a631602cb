"""What a park hands in: read, coerced, checked at the door, assembled into exact tables (DESIGN 4).

`read` is the one way in. Heavy libraries are imported by the functions that need them.
"""

from verify.submission.assembly import read
from verify.submission.coerce.steam import SteamValues
from verify.submission.findings import FindingGroup, SubmissionFinding
from verify.submission.model import ExcludedRow, Source, Submission
from verify.submission.park import Park
from verify.submission.places import Place, PlaceIndex

__all__ = [
    "ExcludedRow",
    "FindingGroup",
    "Park",
    "Place",
    "PlaceIndex",
    "Source",
    "SteamValues",
    "Submission",
    "SubmissionFinding",
    "read",
]
