"""Whether anything could need a mass balance: where nothing could, a table of balances that is not there leaves nothing unchecked."""

from __future__ import annotations

from verify.checks.rows import CouldNotRun, NotApplicable
from verify.checks.undone import fuels
from verify.checks.world import FILED, World
from verify.ledger.basis import consistent, read_reading

TABLE = "process_balances"
_UNIT = ("enterprise_id", "source_id", "year")


def require_balances(world: World) -> None:
    """Raises NotApplicable where nothing could need a balance, CouldNotRun where something could and none was handed in."""
    if world.handed_in(TABLE):
        return
    if _product_without_factor(world) or _feed_of_no_product(world):
        raise CouldNotRun("table_not_handed_in", tables=TABLE)
    raise NotApplicable("no_balance_due")


def _product_without_factor(world: World) -> bool:
    """A product that counts and has no factor is accounted by mass balance or not at all (annex 4 三（三）2)."""
    rules = {line.id for line in world.ruler.text.method.lines if line.table == "production"}
    return any(
        gap["boundary"] == FILED and gap["rule"] in rules and consistent(read_reading(gap["reading"]), world.chosen)
        for gap in world.ledger.gaps
    )


def _feed_of_no_product(world: World) -> bool:
    """Carbon fed as material comes back through the factor of a product of that unit, else through a balance (6a)."""
    lines = world.lines().filter(lambda t: t.measure == "carbon")
    carbon = [name for name in fuels() if world.vocabulary.traits(name)["family"] != "hydrogen"]
    fed = lines.filter((lines.flow == "feedstock") & lines.carrier.isin(carbon))
    made = lines.filter((lines.table == "production") & (lines.source_id != "")).select(*_UNIT).distinct()
    return bool(world.engine.rows(fed.anti_join(made, list(_UNIT)).select("row_id").limit(1)))
