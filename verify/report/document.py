"""The report as a value and as files.

`report.json` holds {"facts", "places"} as RFC 8785 bytes, that of a bundle also {"withheld", "withheld_share"}: the digest
of the facts can be recomputed from it with any implementation of that text, and two reports that are equal are equal byte
by byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from verify.canonical import canonical_bytes, digest
from verify.canonical.files import write_all
from verify.report.html import render_html
from verify.report.junit import render_junit
from verify.report.sarif import render_sarif
from verify.words import LANGUAGES, Language

_FULL = {"facts", "places"}
_PUBLIC = {*_FULL, "withheld", "withheld_share"}


def facts_digest(facts: Mapping[str, Any]) -> str:
    """SHA-256 over the RFC 8785 bytes of `facts`: the report digest."""
    return digest(facts)


@dataclass(frozen=True)
class Report:
    """What was found (`facts`: no file, line, path or clock) and where the rows stand (`places`).

    A public report also lists what it keeps back (`withheld`, rows {path, state, reason, count}) and which part of the
    tonnes that is (`withheld_share`, a decimal text); both are None in a report that was never disclosed.
    """

    facts: Mapping[str, Any]
    places: Mapping[str, Any]
    withheld: Sequence[Mapping[str, Any]] | None = field(default=None, kw_only=True)
    withheld_share: str | None = field(default=None, kw_only=True)

    @cached_property
    def digest(self) -> str:
        """The report digest; places do not enter it."""
        return facts_digest(self.facts)

    def document(self) -> dict[str, Any]:
        """What report.json holds and every face takes."""
        whole: dict[str, Any] = {"facts": self.facts, "places": self.places}
        if self.withheld is not None:
            whole |= {"withheld": self.withheld, "withheld_share": self.withheld_share}
        return whole

    def json_bytes(self) -> bytes:
        """The bytes of the report file: RFC 8785."""
        return canonical_bytes(self.document())

    @classmethod
    def read(cls, path: Path) -> Report:
        """The report of a report.json, full or public. Raises OSError and ValueError (not JSON, or not of this shape)."""
        loaded = json.loads(path.read_bytes())
        if not isinstance(loaded, dict) or set(loaded) not in (_FULL, _PUBLIC):
            raise ValueError("not a report")
        return cls(**loaded)


def faces(report: Report, languages: Sequence[Language] = LANGUAGES) -> dict[str, bytes]:
    """Every face by its file name. SARIF and JUnit speak the first language."""
    document, first = report.document(), languages[0]
    files = {"report.json": report.json_bytes()}
    for language in languages:
        files[f"report.{language}.html"] = render_html(document, language).encode("utf-8")
    files["findings.sarif"] = (
        json.dumps(render_sarif(document, first), ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    )
    files["junit.xml"] = render_junit(document, first)
    return files


def write_report(folder: Path, report: Report, languages: Sequence[Language] = LANGUAGES) -> list[Path]:
    """Write every face into `folder`, all or none; returns the files, report.json first.

    All faces are made before the first is written: a fault of one leaves the folder as it was. Raises OSError.
    """
    made = faces(report, languages)
    write_all(folder, made)
    return [folder / name for name in made]
