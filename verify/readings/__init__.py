"""Meters and their readings as interval energy: one series per meter, in the base unit of what it meters.

Public: `plan` (how each meter is read), `series` (one row per reading), `hourly` (kWh per meter and hour), the input of matching.
"""

from verify.readings.hourly import hourly
from verify.readings.plan import plan
from verify.readings.series import series

__all__ = ["hourly", "plan", "series"]
