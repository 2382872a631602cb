"""Where rules/, templates/ and the demo parks lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_WHEEL = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent


def rules() -> Path:
    """The folder of rulers, factors and table contracts."""
    return _WHEEL / "rules" if _WHEEL.is_dir() else _CHECKOUT / "rules"


def templates() -> Path:
    """The folder of findings, messages and pages."""
    return _WHEEL / "templates" if _WHEEL.is_dir() else _CHECKOUT / "templates"


def parks() -> Path:
    """The folder of frozen demo parks."""
    return _WHEEL / "parks" if _WHEEL.is_dir() else _CHECKOUT / "fixtures" / "parks"
