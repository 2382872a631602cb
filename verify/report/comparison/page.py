"""A comparison as one HTML file: no network, no script, the same bytes for the same comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify import resources
from verify.canonical import canonical_bytes, digest
from verify.report.comparison.axes import bar, shared
from verify.report.comparison.teller import DIMENSIONS, Teller
from verify.report.html import environment
from verify.words import LANGUAGES, Language

SECTIONS = ("tonnes", "rulers", "choices")
_TOTAL = "total.tco2"


def render_comparison(document: Mapping[str, Any], language: Language) -> str:
    """The page of one submission under many rulers."""
    teller = Teller(document, language)
    rulers = teller.rulers()
    totals = [next(one for one in row["measures"] if one["item"] == _TOTAL) for row in rulers]
    bars, ticks, unit = shared(teller, totals)
    return _page(
        "page.html.j2",
        teller,
        title=teller.t("page_title", park=teller.park(teller.document["park"]), year=teller.document["year"]),
        kind=teller.t("page_kind"),
        rulers=rulers,
        totals=list(zip(rulers, totals, bars, strict=True)),
        ticks=ticks,
        unit=unit,
        sections=SECTIONS,
        dimensions=DIMENSIONS,
        bar=bar,
    )


def render_order(document: Mapping[str, Any], language: Language) -> str:
    """The page of two submissions beside each other."""
    teller = Teller(document, language)
    first, second = (teller.park(one) for one in teller.document["parks"])
    return _page(
        "order.html.j2",
        teller,
        title=teller.t("order_title", first=first, second=second),
        kind=teller.t("order_kind"),
        rulers=teller.rulers(),
        sections=("order",),
    )


def comparison_files(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Every face of a comparison by its file name: the document (RFC 8785) and a page in each language."""
    files = {"compare.json": canonical_bytes(document)}
    render = render_comparison if "boundaries" in document and "park" in document else render_order
    for language in LANGUAGES:
        files[f"compare.{language}.html"] = render(document, language).encode("utf-8")
    return files


def _page(template: str, teller: Teller, **more: Any) -> str:
    page = environment(resources.templates() / "report").get_template(f"comparison/{template}")
    return page.render(
        r=teller.reader,
        c=teller,
        t=teller.reader.t,
        ct=teller.t,
        document=teller.document,
        digest=digest(teller.document),
        **more,
    )
