"""PX-2 of park_examples.yaml as a report: CHP on coal and gas, steam and power inside, export, waste heat, SMR, lime, bunkers."""

from tests.unit.report.example.px2.amounts import E, T
from tests.unit.report.example.px2.record import places
from tests.unit.report.example.px2.whole import facts

__all__ = ["E", "T", "facts", "places"]
