"""The report as one HTML file: no network, no script, the same bytes for the same report.

The picture of the page is in templates/report; the words are in templates/messages; here they are brought together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify import resources
from verify.canonical import digest
from verify.report import certificates, findings_text, glance, matching, meters, statistics, tables
from verify.report.bridges import bridges, has_bridges
from verify.report.bridges.words import words
from verify.report.changes import changes, has_changes
from verify.report.charts.bars import bars
from verify.report.charts.level import level
from verify.report.charts.span import span
from verify.report.reader import Reader
from verify.report.sentences import conclusion
from verify.report.visible import all_visible
from verify.report.withheld import path_words, state_words
from verify.words import Language, say

if TYPE_CHECKING:
    from jinja2 import Environment

SECTIONS = (
    "bridges", "changes", "level", "indicators", "open-points", "findings", "zeros", "certificates", "matching", "meters", "energy", "emissions",
    "factors", "reported", "unchecked", "rows", "members", "method", "statistics", "digests",
)  # fmt: skip
PUBLIC_SECTIONS = (
    "bridges", "changes", "level", "indicators", "open-points", "findings", "zeros", "certificates", "matching", "meters", "energy", "emissions",
    "factors", "reported", "withheld", "unchecked", "rows", "members", "method", "checking", "digests",
)  # fmt: skip
PUBLIC_PAGES: dict[Language, str] = {"zh": "index.html", "en": "report.en.html"}  # as a bundle names them


def render_html(report: Mapping[str, Any], language: Language) -> str:
    """The whole page. `report` is {facts, places}, a public one also {withheld, withheld_share}: its page says what is
    withheld, links to the other language beside it, and says how it can be checked.

    Raises OurFault where a word or a number of the report is missing.
    """
    reader = Reader(all_visible(report), language)
    page = environment(resources.templates() / "report").get_template("report.html.j2")
    return page.render(
        r=reader,
        t=reader.t,
        facts=reader.facts,
        places=reader.places,
        sections=_sections(reader),
        other=next((one, name) for one, name in PUBLIC_PAGES.items() if one != language),
        facts_digest=digest(report["facts"]),
        conclusion=conclusion(reader),
        glance=glance,
        tables=tables,
        findings_text=findings_text,
        bridges=bridges(reader),
        b=partial(words, reader),
        changes=changes(reader),
        level=level(reader),
        matching=matching.told(reader),
        m=partial(matching.words, reader),
        certificates=certificates.told(reader),
        c=partial(certificates.words, reader),
        meters=meters.told(reader),
        k=partial(meters.words, reader),
        statistics=statistics.told(reader),
        q=partial(statistics.words, reader),
        term_bars=bars(
            reader, [(reader.title(row["title"]), row["tco2"]) for row in reader.facts["terms"]], reader.mass_unit
        ),
        span=span,
        path_words=path_words,
        state_words=state_words,
        say=say,
    )


def _sections(reader: Reader) -> list[str]:
    """The sections of this report; those of bridges, changes, certificates, match and meters only where it may hold some."""
    names = PUBLIC_SECTIONS if reader.withheld.public else SECTIONS
    there = {
        "bridges": has_bridges,
        "changes": has_changes,
        "certificates": certificates.has_certificates,
        "matching": matching.has_matching,
        "meters": meters.has_meters,
        "statistics": statistics.has_statistics,
    }
    return [name for name in names if name not in there or there[name](reader)]


@cache
def environment(folder: Path) -> Environment:
    """The templates of a folder: strict, escaped, the same bytes for the same values."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    environment.filters["cap"] = lambda words: (
        words[:1].upper() + words[1:]
    )  # titles of a ruler are written in lower case
    environment.filters["whole"] = lambda text, word: (
        Markup('<span class="taken">{}</span>').format(word).join(text.split(word))
    )  # `word` is not broken over two lines; everything is escaped
    return environment
