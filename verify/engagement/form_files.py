"""The forms as files: one page per language (no script, no network) and one CSV per form and language.

CSV is UTF-8 with a byte-order mark, so that a spreadsheet reads the Chinese; no cell of it is taken for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from verify import resources
from verify.engagement.case import Case
from verify.engagement.conduct import conduct
from verify.engagement.forms import Form, forms
from verify.report.html import environment
from verify.report.reader import Reader
from verify.report.visible import all_visible, visible
from verify.words import LANGUAGES, Language, say

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one


def files(case: Case, head: str, report: Mapping[str, Any], plan: Mapping[str, Any] | None) -> dict[str, bytes]:
    """Every file of the forms by its name. `head` is the digest of the register's last line."""
    shown = all_visible(report)
    found: dict[str, bytes] = {}
    for language in LANGUAGES:
        made = forms(case, shown, plan, language)
        found[f"forms.{language}.html"] = _page(case, head, shown, made, language).encode("utf-8")
        found |= {f"{one.name}.{language}.csv": _sheet(one, language) for one in made}
    return found


def _page(case: Case, head: str, report: Mapping[str, Any], made: tuple[Form, ...], language: Language) -> str:
    reader = Reader(report, language)
    rules = conduct()

    def words(key: str, **arguments: object) -> str:
        return say(f"engage.{key}", language, **arguments)

    people = [
        (reader.title(entry.title), reader.listed([visible(name) for name in case.names(role)]))
        for role, entry in rules.roles.items()
    ]
    page = environment(resources.templates() / "report").get_template("engagement/page.html.j2")
    return page.render(
        r=reader,
        t=reader.t,
        e=words,
        forms=made,
        people=people,
        number=visible(case.number),
        body=visible(case.body),
        year=case.year,
        head=head,
    )


def _sheet(form: Form, language: Language) -> bytes:
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow([say(f"engage.field_{name}", language) for name in form.fields])
    for row in form.rows:
        sheet.writerow([_safe(visible(row[name].replace("\n", "; "))) for name in form.fields])
    return (_BOM + text.getvalue()).encode()


def _safe(text: str) -> str:
    """No cell that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
