"""A report written down: one folder, every file whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from verify.canonical import canonical_bytes
from verify.canonical.files import atomic_write
from verify.road.run import Report
from verify.words import LANGUAGES, Language


def write_report(folder: Path, report: Report, *, languages: Sequence[Language] = LANGUAGES) -> list[Path]:
    """Write report.json (RFC 8785 bytes), the HTML faces, SARIF and JUnit to `folder`; the paths written."""
    from verify.report.html import render_html
    from verify.report.junit import render_junit
    from verify.report.sarif import render_sarif

    folder.mkdir(parents=True, exist_ok=True)
    plain = report.plain
    files: dict[str, bytes] = {"report.json": canonical_bytes(plain)}
    for language in languages:
        files[f"report.{language}.html"] = render_html(plain, language).encode("utf-8")
    files["findings.sarif"] = (
        json.dumps(render_sarif(plain, languages[0]), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    ).encode("utf-8")
    files["junit.xml"] = render_junit(plain, languages[0])
    for name, content in files.items():
        atomic_write(folder / name, content)
    return [folder / name for name in files]
