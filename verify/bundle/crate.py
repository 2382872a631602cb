"""``ro-crate-metadata.json``: the bundle as an RO-Crate, for archives and search engines (schema.org Dataset in JSON-LD).

Specification: RO-Crate 1.2, Root Data Entity. Two of its required properties are not ours to fill by ourselves:

* `datePublished` must be there, and the file must hold no clock, because whoever checks a bundle makes it again from the
  report. It is the first day after the reporting year: the earliest day on which the report can have been published, said
  to be so in the description; the moments of signing stand in the time-stamp tokens.
* `license` must be there, and the data are the park's. It is a text that says who decides, as the specification admits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from verify.bundle.data_words import both, joined, of_park
from verify.bundle.sums import signed
from verify.bundle.table_schema import BY_NAME, path_of
from verify.canonical import canonical_bytes
from verify.words import catalogue

NAME = "ro-crate-metadata.json"
_VERSION = "https://w3id.org/ro/crate/1.2"
_TERMS = "#terms"
_PARK = "#park"
_FORMATS = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".sarif": "application/sarif+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WORDS = {
    "VERIFY.md": "member.instructions",
    "datapackage.json": "member.package",
    "findings.sarif": "member.findings",
    "index.html": "member.page_zh",
    "report.en.html": "member.page_en",
    "report.json": "member.report",
    "ruler.json": "member.ruler",
    **{path_of(name): f"table.{name}" for name in BY_NAME},
}
_LANGUAGES = {"index.html": "zh-CN", "findings.sarif": "zh-CN", "report.en.html": "en"}


def crate(facts: Mapping[str, Any], members: Mapping[str, bytes]) -> bytes:
    """The RFC 8785 bytes of the crate of the signed `members` beside it; what is made after signing is left out."""
    files = [_file(name, members[name]) for name in sorted(members) if signed(name) and name != NAME]
    return canonical_bytes(
        {
            "@context": f"{_VERSION}/context",
            "@graph": [
                {"@id": NAME, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": _VERSION}},
                _root(facts, [one["@id"] for one in files]),
                {
                    "@id": _TERMS,
                    "@type": "CreativeWork",
                    "name": both("terms_name"),
                    "description": both("terms_text"),
                },
                {
                    "@id": _PARK,
                    "@type": "Place",
                    "identifier": facts["park"]["id"],
                    "name": joined(of_park(facts)["park"]),
                },
                *files,
            ],
        }
    )


def _root(facts: Mapping[str, Any], parts: list[str]) -> dict[str, Any]:
    arguments = of_park(facts)
    year = facts["year"]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": both("crate_title", park=arguments["park"], year=arguments["year"]),
        "description": both("crate_description", year=arguments["year"], ruler=arguments["ruler"]),
        "datePublished": f"{int(year) + 1:04d}-01-01",
        "temporalCoverage": f"{year}-01-01/{year}-12-31",
        "spatialCoverage": {"@id": _PARK},
        "about": {"@id": _PARK},
        "inLanguage": ["zh-CN", "en"],
        "license": {"@id": _TERMS},
        "conditionsOfAccess": both("terms_text"),
        "hasPart": [{"@id": part} for part in parts],
    }


def _file(name: str, data: bytes) -> dict[str, Any]:
    """One member; its size is a text, as schema.org has it."""
    found: dict[str, Any] = {
        "@id": name,
        "@type": "File",
        "name": joined(catalogue("data")[_WORDS.get(name, "member.other")]),
        "encodingFormat": _FORMATS.get(PurePosixPath(name).suffix, "application/octet-stream"),
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    if name in _LANGUAGES:
        found["inLanguage"] = _LANGUAGES[name]
    return found
