"""Rule tests: data beside a ruler that says what it must make of small tables of rows (rules/<id>/tests/*.yaml)."""

from verify.road.rule_tests.read import SURVIVORS, Case, read_cases
from verify.road.rule_tests.running import Result, results, rule_tests
from verify.road.rule_tests.stage import Stage

__all__ = ["SURVIVORS", "Case", "Result", "Stage", "read_cases", "results", "rule_tests"]
