"""Certificates as a reader sees them: the sentence first, then the flow from the list to the claim, then the plants.

In: ``facts["certificates"]`` (docs/formats/report.schema.json), left out where none are handed in. Not here: which certificate falls
out for which reason (verify.checks.certificate_flow) and the wording (templates/messages/certificate.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.canonical import exact
from verify.report.charts.flow import Flow, flow
from verify.report.reader import Reader
from verify.words import say

CODES = {
    "listed_twice": ("TZ-CER-01",),
    "not_issued": ("TZ-CER-05",),
    "only_held": ("TZ-CER-10",),
    "elsewhere": ("TZ-CER-11",),
    "used_twice": ("TZ-CER-02", "TZ-CER-03", "TZ-CER-04"),
    "expired": ("TZ-CER-07",),
    "unseen": ("TZ-CER-12",),
    "beyond": (),
}


@dataclass(frozen=True)
class Told:
    """What the page prints. `codes`: reason -> codes of the report's findings that speak of it."""

    facts: Mapping[str, Any]
    sentences: list[str]
    flow: Flow | None
    codes: dict[str, list[str]]


def has_certificates(reader: Reader) -> bool:
    """Whether the page has the section."""
    section = reader.facts.get("certificates")
    return reader.held("certificates") or (section is not None and bool(section["stages"]))


def words(reader: Reader, key: str, **gaps: object) -> str:
    """A message of the catalogue of certificates."""
    return say(f"certificate.{key}", reader.language, **gaps)


def told(reader: Reader) -> Told | None:
    """The certificates of the report; None where it has none."""
    section = reader.facts.get("certificates")
    if section is None or not section["stages"]:
        return None
    found = {row["code"] for row in reader.facts["findings"]}
    codes = {reason: [code for code in many if code in found] for reason, many in CODES.items()}
    return Told(
        section,
        _sentences(reader, section),
        flow(section["stages"], section["losses"], section["claimed_share"]),
        codes,
    )


def _sentences(reader: Reader, section: Mapping[str, Any]) -> list[str]:
    stages = {row["stage"]: row for row in section["stages"]}
    covered = section["covered"]
    if covered is None:
        found = [words(reader, "says_no_claim")]
    elif reader.held("certificates.amounts"):
        found = [words(reader, "says_share", covered=reader.with_unit(covered, "1"))]
    else:
        gaps = {"claimed": section["claimed"], "counted": stages["counted"]["mwh"]}
        found = [words(reader, "says", **{name: reader.with_unit(one, "MWh") for name, one in gaps.items()})]
    if covered is not None and exact(covered) < 1:
        found.append(words(reader, "says_rest"))
    unknown = section["issue_unknown"]
    if unknown is not None and exact(unknown):
        found.append(words(reader, "says_unknown", unknown=reader.with_unit(unknown, "MWh")))
    return found
