"""Many parks: each travels the road once and leaves its facts in the folder of a registry; checks across them read those alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from verify.canonical import digest
from verify.checks import World
from verify.registry import Checked, ParkFacts, Registry, facts_of, writing
from verify.registry import check as check_all
from verify.registry import rules as own_rules
from verify.registry.document import document
from verify.registry.extract import READ
from verify.road.comparison import compare
from verify.road.run import Journey, Progress, Settings, travel

if TYPE_CHECKING:
    import pyarrow as pa


def facts(
    path: Path, *, ranked: bool = True, settings: Settings | None = None, progress: Progress | None = None
) -> ParkFacts:
    """What a registry keeps of the submission at `path`: verified first, then under every ruler where it is `ranked`.

    Errors as `road.verify`.
    """
    with travel(path, role="verification", settings=settings, progress=progress) as journey:
        measures = _measures(path, journey, settings, progress) if ranked else []
        return _of_journey(journey, measures)


def add(
    folder: Path,
    paths: Sequence[Path],
    *,
    ranked: bool = True,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> list[ParkFacts]:
    """Verify submissions and file them; a park that filed before is replaced. Raises `WrongUsage` where another one writes."""
    with writing(folder) as registry:
        found = [facts(path, ranked=ranked, settings=settings, progress=progress) for path in paths]
        registry.add(found)
        return found


def check(
    folder: Path, *, anew: bool = False, threads: int | None = None, progress: Progress | None = None
) -> tuple[Checked, dict[str, Any]]:
    """Check across parks and keep what was found; the report with it. `anew`: nothing that was kept is trusted."""
    Registry.read(folder)  # a folder that is none is not made by looking at it
    with writing(folder) as registry, TemporaryDirectory(prefix="truezero-") as place:
        tell = progress or (lambda stage, detail: None)
        found = check_all(
            registry, workdir=Path(place) / "a", threads=threads, anew=anew, progress=lambda code: tell("check", code)
        )
        registry.keep_checked(found.plain)
        return found, document(registry, workdir=Path(place) / "b")


def report(folder: Path) -> dict[str, Any]:
    """The report of the last check. Raises `WrongUsage` where there is none, or a filing came after it."""
    Registry.read(folder)
    with writing(folder) as registry, TemporaryDirectory(prefix="truezero-") as place:
        return document(registry, workdir=Path(place))


def _of_journey(journey: Journey, measures: Sequence[dict[str, Any]]) -> ParkFacts:
    world = journey.world
    park = world.submission.park
    rows = {name: world.engine.rows(world.submission.tables[name]) for name in READ}
    rules = own_rules.load()
    head = {
        "names": {"zh": park.names.zh, "en": park.names.en},
        "province": park.province,
        "kind": park.kind,
        "year": world.year,
        "ruler": world.ruler.id,
        "opinion": journey.opinion.value,
        "report_sha256": digest(journey.facts),
    }
    return facts_of(
        park,
        rows,
        {code: rules.params(code) for code in rules.checks},
        head=head,
        shapes=[{"from": one.from_, "to": one.to, "geojson": one.geojson} for one in park.boundaries if one.geojson],
        deliveries=_deliveries(world, rows["generators"]),
        measures=measures,
    )


def _deliveries(world: World, generators: Sequence[dict[str, Any]]) -> pa.Table | None:
    """Hourly kWh of the meters that receive the power of a plant; None where there are none, or no readings."""
    from verify.readings import hourly, plan

    wanted = {one["receiving_meter_id"] for one in generators if one["receiving_meter_id"]}
    if not wanted or not world.handed_in("readings") or not world.handed_in("meters"):
        return None
    meters = [row for row in world.engine.rows(world.submission.tables["meters"]) if row["meter_id"] in wanted]
    hours = hourly(world.submission.tables["readings"], plan(world.engine, meters))
    kwh = hours["kwh"].cast("decimal(18, 6)")
    return world.engine.arrow(hours.select("meter_id", "hour", kwh=kwh))


def _measures(
    path: Path, journey: Journey, settings: Settings | None, progress: Progress | None
) -> list[dict[str, Any]]:
    """The leading figure under every ruler, from its lowest to its highest over all that the ruler admits."""
    told = compare(path, year=journey.world.year, settings=settings, progress=progress)
    found = []
    for row in told["rulers"]:
        leading = row["measures"][0]
        low, high = leading["range"]["low"], leading["range"]["high"]
        if low is not None and leading["range"]["undefined"] == "0" and not row["incomplete"]:
            plain = {"ruler": row["ruler"]["id"], "item": leading["item"], "unit": leading["unit"]}
            found.append({**plain, "lower": leading["lower_is_better"], "low": low, "high": high})
    return found
