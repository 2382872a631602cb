"""``truezero sample``: what a verifier looks at, drawn from a seed; and what the findings say of the whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli.columns import aligned
from verify.cli.new_file import free, put_new, read_file
from verify.cli.options import FOLDER, progress, settings_of, speaking, walking
from verify.cli.out import put, put_all
from verify.cli.worded import Group, Worded, group_language
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.engagement.projection import Projection


@click.group(cls=Group, help="sample")
@group_language
def sample() -> None:
    """The words are in the catalogue."""


@sample.command("draw", cls=Worded, help="sample_draw")
@click.argument("submission", type=FOLDER)
@click.option("--seed", required=True, metavar="HEX", help="sample_seed")
@click.option("-o", "--out", type=FOLDER, metavar="FILE", required=True, help="sample_out")
@click.option("--sheet", type=FOLDER, metavar="FILE", default=None, help="sample_sheet_out")
@click.option("--step", type=click.IntRange(0), default=0, metavar="N", help="sample_step")
@click.option("--ruler", default="", metavar="ID", help="ruler")
@speaking
@walking
def draw(
    submission: Path,
    seed: str,
    out: Path,
    sheet: Path | None,
    step: int,
    ruler: str,
    year: str,
    threads: int | None,
    memory: str,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """The plan and the empty sheet; neither is written over another."""
    from verify import road
    from verify.canonical import canonical_bytes
    from verify.engagement import plan, worksheet
    from verify.engagement.draws import seed_of
    from verify.engagement.procedure import sampling
    from verify.road.population import population

    drawn_from = seed_of(seed)
    filled = sheet or out.with_suffix(".csv")
    for path in (out, filled):
        free(path)
    rules = sampling()
    with (
        progress(lang, quiet=quiet) as tell,
        road.travel(
            submission,
            role="verification",
            ruler=ruler,
            year=year,
            settings=settings_of(threads, memory),
            progress=tell,
        ) as journey,
    ):
        whole = population(journey)
    made = plan.plan(whole, drawn_from, rules, step)
    document = plan.as_document(whole, made, drawn_from, rules, step)
    put_new(out, canonical_bytes(document))
    put_new(filled, worksheet.write(document, lang))
    if as_json:
        put(canonical_bytes(document).decode("utf-8"))
    elif not quiet:
        put_all(_drawn(document, lang))
        put(say("sample.written", lang, plan=str(out), sheet=str(filled)))
    return 0


@sample.command("project", cls=Worded, help="sample_project")
@click.argument("plan", type=FOLDER)
@click.argument("sheet", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="json")
@speaking
def project(plan: Path, sheet: Path, as_json: bool, lang: Language) -> int:
    """What the filled sheet says of the whole. Exit 1 where the error may be beyond what is tolerable, or is not known."""
    from verify.canonical import canonical_bytes
    from verify.engagement import projection, stored, worksheet
    from verify.engagement.procedure import sampling

    document = stored.read(read_file(plan), str(plan))
    found = worksheet.read(read_file(sheet), str(sheet))
    made = projection.project(document, found, len(sampling().enlarged))
    if as_json:
        put(canonical_bytes(projection.as_document(made)).decode("utf-8"))
    else:
        put_all(_projected(made, lang))
    return 0 if made.conclusion == "within" else 1


def _drawn(document: dict[str, Any], lang: Language) -> list[str]:
    months = document["months"]
    rows = [
        ("total", f"{float(document['total_tco2']):,.2f} t"),
        ("at_risk", f"{float(document['at_risk_tco2']):,.2f} t"),
        ("tolerable", f"{float(document['tolerable_tco2']):,.2f} t"),
        ("interval", f"{float(document['interval_tco2']):,.2f} t"),
        ("drawn", f"{len(document['drawn'])} / {document['rows']}"),
        ("months", f"{sum(len(one['rows']) for one in months)} / {sum(int(one['of']) for one in months)}"),
        ("papers", str(len(document["papers"]))),
    ]
    lines = aligned([[say(f"sample.row_{name}", lang), value] for name, value in rows])
    if document["unconfirmed"]:
        lines.append(say("sample.unconfirmed", lang, count=len(document["unconfirmed"])))
    return lines


def _projected(made: Projection, lang: Language) -> list[str]:
    rows = [
        (f"{side}_{name}", f"{float(value):,.2f} t")
        for side, one in (("hidden", made.hidden), ("overstated", made.overstated))
        for name, value in (("found", one.found), ("projected", one.projected), ("limit", one.limit))
    ]
    rows.append(("tolerable", f"{float(made.tolerable):,.2f} t"))
    lines = aligned([[say(f"sample.row_{name}", lang), value] for name, value in rows])
    lines += [say("sample.wrong", lang, part=say(f"sample.part_{part}", lang), row=row) for part, row in made.wrong]
    if made.missing:
        lines.append(say("sample.missing", lang, count=len(made.missing), first=made.missing[0][1]))
    return [*lines, say(f"sample.conclusion_{made.conclusion}", lang)]
