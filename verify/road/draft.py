"""From a submission to a bundle that waits for its signatures: verify, disclose, render, and the statement to be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from verify import __version__
from verify.attest import statement
from verify.attest.commit.making import Made
from verify.attest.commit.opening import Opening
from verify.attest.statement import Commitments, Signatory, Statement
from verify.bundle import stated
from verify.bundle.committed import ROWS, TOTALS
from verify.bundle.content import content
from verify.canonical import decimal_text, digest
from verify.disclosure import Rule
from verify.errors import NotVerified, OurFault, WrongUsage
from verify.report import public_pages
from verify.road.committed import commit
from verify.road.disclosed import disclosed
from verify.road.mandate import Mandate
from verify.road.run import Journey, Progress, Report, Settings, travel
from verify.words import catalogue_sha256

_PERCENT = 100


@dataclass(frozen=True)
class Draft:
    """What will be signed: the members that SHA256SUMS lists, SHA256SUMS itself, and the statement over it.

    `report` is the whole one, for the eyes of whoever signs; the members hold what of it is public. `opening` opens every committed row and is a secret of the verifier.
    """

    members: Mapping[str, bytes] = field(repr=False)
    statement: Statement
    report: Report = field(repr=False)
    opening: Opening | None = field(default=None, repr=False)

    @property
    def payload(self) -> bytes:
        """The bytes that two people sign."""
        return statement.write(self.statement)


def draft(
    path: Path,
    mandate: Mandate,
    signatories: tuple[Signatory, ...],
    at: datetime,
    *,
    ruler: str = "",
    year: str = "",
    settings: Settings | None = None,
    progress: Progress | None = None,
    commitments: bool = False,
) -> Draft:
    """Verify the submission at `path` and make everything that is published of it. `at`: when, in whole seconds of UTC;
    `commitments`: whether the rows that stay back are committed to.

    Raises as `road.verify` does; WrongUsage `disclosure.above_cap` where more would be withheld than the ruler admits,
    `attest.statement` for a mandate that cannot stand in a statement.
    """
    with travel(path, role="verification", ruler=ruler, year=year, settings=settings, progress=progress) as journey:
        return of_journey(journey, mandate, signatories, at, commitments=commitments)


def of_journey(
    journey: Journey, mandate: Mandate, signatories: tuple[Signatory, ...], at: datetime, *, commitments: bool = False
) -> Draft:
    """The draft of a journey that is still open."""
    world, report = journey.world, journey.report()
    if report.crashes:
        raise OurFault("cli.check_crashed", count=len(report.crashes), crash=report.crashes[0].splitlines()[-1])
    rule = Rule.of(world.ruler)
    shown, cells = disclosed(journey, report, rule)
    if not shown.within_cap:
        limit = decimal_text(rule.most_withheld * _PERCENT, 0)
        raise WrongUsage("disclosure.above_cap", share=shown.share, limit=f"{limit} %")
    public = {
        "facts": shown.facts,
        "places": shown.places,
        "withheld": shown.withheld,
        "withheld_share": shown.share,
    }
    made = commit(journey, shown.facts, cells) if commitments else None
    further = {} if made is None else {ROWS: made.rows, TOTALS: made.totals}
    members = content(public, world.ruler.plain(), cells, {**public_pages(public), **further})
    subject = sha256(members[statement.SUBJECT]).hexdigest()
    try:
        found = _statement(journey, mandate, signatories, at, subject, report.digest, shown.facts, made)
        statement.write(found)
    except NotVerified as error:
        raise WrongUsage(error.key, **error.arguments) from None
    return Draft(members, found, report, None if made is None else made.opening)


def _statement(
    journey: Journey,
    mandate: Mandate,
    signatories: tuple[Signatory, ...],
    at: datetime,
    subject: str,
    facts_sha256: str,
    public: Mapping[str, Any],
    made: Made | None,
) -> Statement:
    world = journey.world
    materiality = world.number(world.ruler.text.opinion.materiality)
    return Statement(
        subject_sha256=subject,
        opinion=public["opinion"]["value"],
        verdicts=stated.verdicts(public),
        quantities=stated.quantities(public),
        park=public["park"]["id"],
        boundary=public["park"]["kind"],
        period=stated.period(public),
        level_of_assurance=public["opinion"]["assurance"],
        materiality_value=decimal_text(materiality * _PERCENT),
        materiality_unit="percent",
        engagement_id=mandate.engagement_id,
        facts_sha256=facts_sha256,
        public_facts_sha256=digest(public),
        ruler_id=world.ruler.id,
        ruler_sha256=world.ruler.sha256,
        catalogue_sha256=catalogue_sha256(),
        tool_version=__version__,
        verifier_id=mandate.verifier,
        time_created=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        signatories=signatories,
        commitments=None if made is None else Commitments(made.root, str(made.count)),
        log_origin=mandate.log_origin,
    )
