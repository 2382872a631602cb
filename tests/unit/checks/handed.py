"""Short ways to write rows and a park for the tests of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.unit.checks.world import world

if TYPE_CHECKING:
    from verify.checks.world import World

Row = dict[str, Any]
A, B, C = "A", "B", "C"  # members
PAPERS = (
    "direct_supply_agreement",
    "certificate_statement",
    "register_extract",
    "boundary_approval",
    "quality_plan",
    "meter_ledger",
)


def flow(of: str, carrier: str, kind: str, quantity: str, unit: str, **more: Any) -> Row:
    """One activity row of member `of`; 2027 and the fence unless told otherwise."""
    trade = {"counterparty": "outside"} if kind in {"purchased", "sold", "tolled_in", "tolled_out"} else {}
    return {
        "period": "2027",
        "enterprise_id": of,
        "carrier": carrier,
        "flow": kind,
        "quantity": quantity,
        "unit": unit,
        **trade,
        **more,
    }


def power(of: str, kind: str, quantity: str, supply: str = "", **more: Any) -> Row:
    """One row of electricity, MWh."""
    return flow(of, "electricity", kind, quantity, "MWh", supply=supply, **more)


def gas(of: str, kind: str, quantity: str, **more: Any) -> Row:
    """One row of natural gas, 10^3 Nm3."""
    return flow(of, "natural_gas", kind, quantity, "10^3Nm3", **more)


def coal_like(of: str, kind: str, quantity: str, **more: Any) -> Row:
    """One row of bituminous coal, t."""
    return flow(of, "bituminous_coal", kind, quantity, "t", **more)


def papers(*kinds: str) -> list[Row]:
    """One paper of each kind; its id is ``E-<kind>``."""
    return [{"evidence_id": f"E-{kind}", "kind": kind} for kind in (kinds or PAPERS)]


def park(**fields: Any) -> Any:
    """A park.yaml with these fields."""
    from verify.submission.park import Park

    return Park.model_validate({"id": "P", "names": {"zh": "测试园区", "en": "Test Park"}, **fields})


def handed(tables: dict[str, list[Row]], about: Any = None, **how: Any) -> World:
    """The world of these tables with a real park."""
    here = world(tables, **how)
    here.submission.park = about or park()  # type: ignore[misc]
    return here
