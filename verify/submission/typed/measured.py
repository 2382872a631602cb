"""Quantities of a batch: each beside its unit and the dimension that its carrier or gas asks for; steam by the tonne."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from verify.submission.coerce.decimals import Kept, kept
from verify.submission.coerce.faults import UNKNOWN_UNIT, WRONG_DIMENSION, Fault
from verify.submission.coerce.quantities import Measure, measure, quantity
from verify.submission.coerce.steam import State, SteamValues, heat, phase_of
from verify.submission.contract import QUANTITY_DIGITS, Column, Contract, carriers, products
from verify.submission.typed.kinds import stored_type
from verify.submission.typed.memo import Memo, Read

if TYPE_CHECKING:
    import numpy as np

Cells = list[str | None]
Dimensions = list[tuple[str, ...]]  # of each row
_HEAT_UNIT = "GJ"  # the base unit of heat; rules/units.yaml
_MASS_UNIT = "t"


class Measured:
    """The readers of the quantities of one table; their memos are kept between batches."""

    def __init__(self, contract: Contract, steam: SteamValues | None) -> None:
        self.contract = contract
        self.steam = steam
        self.units: dict[str, Memo] = {}
        self.quantities: dict[str, Memo] = {}

    def dimensions(self, column: Column, reads: dict[str, Read], count: int) -> Dimensions:
        """For each row the dimensions that the quantity may have; ``any`` where nothing fixes it."""
        if column.dimension_of is None:
            return [tuple(column.dimensions) or (column.dimension or "any",)] * count
        steam = "pressure" in self.contract.columns
        read = reads[column.dimension_of]
        if self.contract.columns[column.dimension_of].vocabulary == "products":
            by_position = [_of_product(value) for value in read.memo.typed]
        else:
            by_position = [_of_carrier(value, steam=steam) for value in read.memo.typed]
        return [by_position[position] for position in read.codes.tolist()]

    def unit(self, name: str, cells: Cells, allowed: Dimensions) -> Read:
        """The column of units: its base unit, or the fault."""
        memo = self.units.setdefault(name, Memo(_unit_of))
        return Read(
            memo, memo.codes(zip(cells, allowed, strict=True), len(cells)), stored_type(self.contract.columns[name])
        )

    def quantity(self, name: str, cells: Cells, units: Cells, allowed: Dimensions) -> Read:
        """The column of quantities in base units."""
        column = self.contract.columns[name]

        def read(cell: tuple[str, str | None, tuple[str, ...]]) -> Kept | Fault | None:
            found = quantity(column, cell[2], cell[0], (cell[1] or "").strip())
            if isinstance(found, Fault) and found.code in {UNKNOWN_UNIT, WRONG_DIMENSION}:
                return None  # found in the column of units
            return found

        memo = self.quantities.setdefault(name, Memo(read))
        return Read(memo, memo.codes(zip(cells, units, allowed, strict=True), len(cells)), stored_type(column))

    def convert_steam(
        self, reads: dict[str, Read], unit: Read, amount: Read
    ) -> tuple[np.ndarray[Any, np.dtype[np.int64]], list[Fault | None]]:
        """Turn rows of heat by the tonne into GJ, in place. Returns their positions and, for each, its fault or None."""
        import numpy as np
        import pyarrow as pa

        rows = np.nonzero(unit.among(lambda base: base == _MASS_UNIT) & reads["carrier"].among(_mass_too))[0]
        if not len(rows):
            return rows, []
        amounts, names = amount.array().to_pylist(), unit.array().to_pylist()
        state_of = _states(reads)
        faults: list[Fault | None] = []
        for row in rows.tolist():
            names[row] = _HEAT_UNIT
            result = None if amounts[row] is None else _gigajoules(amounts[row], state_of(row), self.steam)
            amounts[row] = result if isinstance(result, Decimal) else None
            faults.append(result if isinstance(result, Fault) else None)
        amount.replace(pa.array(amounts, type=amount.kind))
        unit.replace(pa.array(names, type=unit.kind))
        return rows, faults


def _unit_of(cell: tuple[str, tuple[str, ...]]) -> str | Fault:
    found = measure(cell[0].strip(), cell[1])
    return found.base if isinstance(found, Measure) else found


def _gigajoules(tonnes: Decimal, state: State, values: SteamValues | None) -> Decimal | Fault:
    found = heat(tonnes, state, values)
    if isinstance(found, Fault):
        return found
    result = kept(found, *QUANTITY_DIGITS)
    return result if isinstance(result, Fault) else result.value


def _states(reads: dict[str, Read]) -> Any:
    def values(name: str) -> list[Decimal | None]:
        return list(reads[name].array().to_pylist())

    pressure, temperature = values("pressure"), values("temperature")
    condensate, condensate_temperature = values("condensate_returned"), values("condensate_temperature")
    carrier = reads["carrier"]
    return lambda row: State(
        pressure[row], temperature[row], condensate[row], condensate_temperature[row], phase_of(carrier.cell(row))
    )


def _mass_too(carrier: str) -> bool:
    return carriers()[carrier].mass_too


def _of_carrier(value: str | None, *, steam: bool) -> tuple[str, ...]:
    """The dimension of a carrier; heat may come by the tonne where the table asks for its state."""
    carrier = carriers().get(value or "")
    if carrier is None:
        return ("any",)
    return (carrier.dimension, "mass") if carrier.mass_too and steam else (carrier.dimension,)


def _of_product(value: str | None) -> tuple[str, ...]:
    product = products().get(value or "")
    return ((product.dimension if product is not None else None) or "any",)
