"""rules/registry: what the checks across parks are measured by. No ruler: one park's verification never loads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from verify import resources
from verify.canonical import digest
from verify.errors import OurFault


@dataclass(frozen=True)
class Rules:
    """The checks with their parameters, values put in place, and a digest over all of it."""

    checks: Mapping[str, Mapping[str, Any]]
    sha256: str
    values: Mapping[str, Mapping[str, Any]] = field(repr=False)

    def params(self, code: str) -> dict[str, Any]:
        """The parameters of a check; a parameter that names a value is that value, exactly."""
        return {name: self._value(one) for name, one in self.checks[code].get("params", {}).items()}

    def _value(self, one: Any) -> Any:
        if not isinstance(one, str) or not one.startswith("registry."):
            return one
        if one not in self.values:
            raise OurFault("registry.no_value", value=one)
        return Decimal(self.values[one]["value"])


def load() -> Rules:
    """The rules that come with TrueZero."""
    import yaml

    path = resources.rules() / "registry" / "checks.yaml"
    plain = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Rules(plain["checks"], digest(plain), plain["values"])
