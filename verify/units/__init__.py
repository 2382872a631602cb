"""Units of measurement: a closed table (rules/units.yaml), exact factors, Chinese and English names.

A text that the table does not hold is no unit. What needs a density, a heat value or an enthalpy does not convert here.
"""

from verify.units.table import Units
from verify.units.unit import Ratio, Unit

__all__ = ["Ratio", "Unit", "Units"]
