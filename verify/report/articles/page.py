"""The articles as one HTML file: no network, no script, printable, the same bytes for the same ruler."""

from __future__ import annotations

from verify import resources
from verify.report.articles.numerals import numeral
from verify.report.articles.plain import ids
from verify.report.articles.shape import Law
from verify.report.html import environment
from verify.words import Language, say


def page(law: Law, language: Language) -> str:
    """The whole page in one language."""
    template = environment(resources.templates()).get_template("law/law.html.j2")
    return template.render(
        law=law,
        lang=say("report.lang", language),
        brand=say("report.brand", language),
        contents=say("report.contents", language),
        t=lambda key, **arguments: say(f"articles.{key}", language, **arguments),
        numeral=lambda number: numeral(number, language),
        ids=ids,
    )
