"""What every test shares: generated cases have no deadline, for a loaded machine is no fault of the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("truezero", deadline=None)
settings.load_profile("truezero")
