"""Checks: small functions from a world to findings, run by one runner. Effects are recomputations, never estimates."""

from verify.checks.registry import Params, check, registered
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope
from verify.checks.run import Finding, Run, run_checks
from verify.checks.world import World

__all__ = [
    "CouldNotRun",
    "Finding",
    "Found",
    "NotApplicable",
    "Params",
    "Rows",
    "Run",
    "Scope",
    "World",
    "check",
    "registered",
    "run_checks",
]
