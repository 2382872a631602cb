"""Steam and hot water by the tonne: GJ from pressure, temperature and returned condensate (factors.md section 4).

GJ = t x (h - h_ref) / 1000, less the same for the condensate at its own temperature. h comes from IAPWS-IF97, rounded to
0.01 kJ/kg so that the figure can be redone with a printed steam table; h_ref is the caller's (rules/factors).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from verify.submission.coerce.faults import NO_STEAM_STATE, Fault, fault
from verify.submission.coerce.words import identifier
from verify.submission.contract import carriers
from verify.submission.naming import folded

_ENTHALPY, _TEMPERATURE = 4, 1  # property numbers of seuif97: kJ/kg, degrees Celsius
_FAILED = -2000.0  # seuif97 answers -2100 and below for a state outside IF97
_NEAR = Decimal(1)  # K around saturation in which p and t do not tell steam from water


@dataclass(frozen=True)
class SteamValues:
    """Enthalpy that the feed water brings, kJ/kg, from the ruler's factors (steam_reference_enthalpy)."""

    reference_enthalpy: Decimal | Fraction

    @property
    def reference(self) -> Decimal:
        """The same as a decimal; a value of a ruler always has one."""
        value = self.reference_enthalpy
        return value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)


@dataclass(frozen=True, slots=True)
class State:
    """What a row says about its steam: MPa absolute, degrees Celsius, tonnes and degrees of the condensate."""

    pressure: Decimal | None
    temperature: Decimal | None
    condensate: Decimal | None = None
    condensate_temperature: Decimal | None = None
    phase: str = ""  # steam, water, or '' where the row only says heat


def heat(tonnes: Decimal, state: State, values: SteamValues | None) -> Decimal | Fault:
    """The heat of `tonnes` in GJ, unrounded; a fault where the state is missing or impossible."""
    if values is None:
        return fault(NO_STEAM_STATE, "no_reference")
    if state.pressure is None or state.temperature is None:
        return fault(NO_STEAM_STATE, "no_state")
    enthalpy = _enthalpy(state.pressure, state.temperature, state.phase)
    if isinstance(enthalpy, Fault):
        return enthalpy
    gigajoules = tonnes * (enthalpy - values.reference) / 1000
    if not state.condensate:
        return gigajoules
    if state.condensate_temperature is None:
        return fault(NO_STEAM_STATE, "no_condensate_temperature")
    if state.condensate > tonnes:
        return fault(NO_STEAM_STATE, "more_condensate")
    back = _saturated(state.condensate_temperature)
    if isinstance(back, Fault):
        return back
    return gigajoules - state.condensate * (back - values.reference) / 1000


def phase_of(carrier_text: str) -> str:
    """``steam`` or ``water`` where the carrier was written as such (蒸汽, 热水), '' for plain heat."""
    return _phases().get(folded(identifier(carrier_text)), "")


@lru_cache(maxsize=1)
def _phases() -> dict[str, str]:
    found = {}
    for carrier in carriers().values():
        for phase, written in carrier.phases.items():
            found.update(dict.fromkeys(map(folded, written), phase))
    return found


@lru_cache(maxsize=4096)
def _enthalpy(pressure: Decimal, temperature: Decimal, phase: str) -> Decimal | Fault:
    import seuif97  # type: ignore[import-untyped]

    p, t = float(pressure), float(temperature)  # float here only: an empirical formula, rounded below
    boiling = seuif97.px(p, 0.0, _TEMPERATURE)
    if boiling > _FAILED:
        distance = temperature - Decimal(repr(boiling))
        if abs(distance) <= _NEAR:
            if not phase:
                return fault(NO_STEAM_STATE, "near_saturation", saturation=f"{boiling:.2f}")
            return _rounded(seuif97.px(p, 1.0 if phase == "steam" else 0.0, _ENTHALPY))
        if (phase == "steam" and distance < 0) or (phase == "water" and distance > 0):
            return fault(NO_STEAM_STATE, "phase", saturation=f"{boiling:.2f}")
    return _rounded(seuif97.pt(p, t, _ENTHALPY))


@lru_cache(maxsize=4096)
def _saturated(temperature: Decimal) -> Decimal | Fault:
    import seuif97

    return _rounded(seuif97.tx(float(temperature), 0.0, _ENTHALPY))


def _rounded(enthalpy: float) -> Decimal | Fault:
    if enthalpy <= _FAILED:
        return fault(NO_STEAM_STATE, "outside_tables")
    return Decimal(f"{enthalpy:.2f}")
