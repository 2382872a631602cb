"""From findings to an opinion and to the facts of a report. Values only leave this package."""

from verify.opinion.facts import Role, assemble, verdict_of
from verify.opinion.judgement import Grounds, Opinion, decided, incomplete_core, incomplete_terms, opine

__all__ = [
    "Grounds",
    "Opinion",
    "Role",
    "assemble",
    "decided",
    "incomplete_core",
    "incomplete_terms",
    "opine",
    "verdict_of",
]
