"""The page: what stands where, that everything is said, that nothing is loaded, that anyone can read it."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser

from tests.unit.report.example import VARIANTS, met, not_met
from verify.canonical import digest
from verify.errors import OurFault
from verify.report import render_html
from verify.report.html import SECTIONS
from verify.words import LANGUAGES, Language

ROOT = Path(__file__).parents[3]
PAGES = [(name, language) for name in VARIANTS for language in LANGUAGES]
VOID = {"meta", "link", "br", "rect", "line", "path", "circle", "use"}


def page(report: dict[str, Any], language: Language = "zh") -> Any:
    return parser.document_fromstring(render_html(report, language))


@pytest.fixture(scope="module", params=PAGES, ids="-".join)
def any_page(request: pytest.FixtureRequest, templates: Path) -> tuple[str, Any]:
    from tests.unit.report.overlay import speaking

    name, language = request.param
    with speaking(templates):
        text = render_html(VARIANTS[name](), language)
    return text, parser.document_fromstring(text)


class Balance(HTMLParser):
    """Every element that opens closes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_it_is_well_formed(any_page: tuple[str, Any]) -> None:
    check = Balance()
    check.feed(any_page[0])
    assert check.open == []


def test_nothing_is_loaded_and_nothing_runs(any_page: tuple[str, Any]) -> None:
    text, tree = any_page
    assert tree.xpath("//script | //iframe | //object | //embed | //img | //form | //*[@src]") == []
    assert [href for href in tree.xpath("//@href") if not href.startswith("#")] == ["data:,"]
    assert re.findall(r"url\((?!#)|@import|\bon[a-z]+=|https?:", text) == []


def test_ids_are_unique_and_links_arrive(any_page: tuple[str, Any]) -> None:
    _, tree = any_page
    ids = Counter(tree.xpath("//@id"))
    assert [one for one, count in ids.items() if count > 1] == []
    assert {href[1:] for href in tree.xpath("//@href") if href.startswith("#")} <= set(ids)
    assert set(re.findall(r"url\(#([\w-]+)\)", any_page[0])) <= set(ids)
    assert {one for labels in tree.xpath("//@aria-labelledby") for one in labels.split()} <= set(ids)


def test_headings_go_down_one_step_at_a_time(any_page: tuple[str, Any]) -> None:
    levels = [int(heading.tag[1]) for heading in any_page[1].xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all(heading.text_content().strip() for heading in any_page[1].xpath("//h1 | //h2 | //h3 | //h4"))


def test_tables_can_be_read_aloud(any_page: tuple[str, Any]) -> None:
    for table in any_page[1].xpath("//table"):
        assert table.xpath("./caption")[0].text_content().strip()
        assert all(cell.get("scope") in {"col", "row", "colgroup"} for cell in table.xpath(".//th"))
        widths = {sum(int(cell.get("colspan", 1)) for cell in row.xpath("./th | ./td")) for row in table.xpath(".//tr")}
        assert len(widths) == 1, table.xpath("string(./caption)")


def test_pictures_are_hidden_from_a_reader_who_hears(any_page: tuple[str, Any]) -> None:
    assert any_page[1].xpath("//svg[not(@aria-hidden='true') and not(ancestor::*[@aria-hidden='true'])]") == []


SELDOM = {"bridges", "certificates", "changes", "matching", "meters", "statistics"}


def test_order_answer_first(any_page: tuple[str, Any]) -> None:
    there = any_page[1].xpath("//section/@id")
    shown = [name for name in SECTIONS if name not in SELDOM or name in there]
    assert any_page[1].xpath("//section/@id") == ["answer", *shown]
    answer = any_page[1].xpath("//section[@id='answer']")[0]
    order = [one.get("class") or one.tag for one in answer.xpath("./*")]
    assert order.index("figures") < order.index("conclusion") < order.index("counts") < order.index("who")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_declared(language: Language) -> None:
    tree = page(met(), language)
    assert tree.get("lang") == {"zh": "zh-CN", "en": "en"}[language]
    assert tree.xpath("//a[@class='skip']/@href") == ["#answer"]


@pytest.mark.parametrize(
    ("name", "symbol", "word"),
    [
        ("met", "s-met", "达到目标值"),
        ("not_met", "s-not_met", "未达到目标值"),
        ("no_limit", "s-no_limit", "未规定目标值"),
    ],
)
def test_the_verdict_has_a_symbol_and_a_word(name: str, symbol: str, word: str) -> None:
    tree = page(VARIANTS[name]())
    found = tree.xpath("//p[@class='word']")[0]
    assert found.xpath(".//use/@href") == [f"#{symbol}"]
    assert found.text_content().strip() == word
    for badge in tree.xpath("//*[starts-with(@class, 'badge')]"):
        assert badge.xpath(".//use")
        assert badge.text_content().strip()


def test_the_first_screen_counts_what_a_reader_must_know() -> None:
    numbers = {
        one.xpath("string(.//*[@class='label'])"): int(one.xpath("string(.//b)"))
        for one in page(not_met()).xpath("//ul[@class='counts']/li")
    }
    assert numbers == {"错误": 3, "警告": 3, "待澄清": 2, "提示": 1, "未定口径": 8, "未证实的零值": 1, "未能运行的检查": 2, "豁免": 1, "未采用的数据行": 2, "清单被截断的发现": 1}  # fmt: skip


def test_the_digest_of_the_page_is_that_of_the_facts() -> None:
    report = not_met()
    expected = digest(report["facts"])
    tree = page(report)
    assert tree.xpath("//meta[@name='truezero-facts-digest']/@content") == [expected]
    assert expected in tree.xpath("//section[@id='digests']")[0].text_content()


def _numbers(part: Any, path: str = "") -> dict[str, str]:
    """Every number of the facts that a reader is owed, by where it stands."""
    if isinstance(part, dict):
        return {key: value for name, child in part.items() for key, value in _numbers(child, f"{path}/{name}").items()}
    if isinstance(part, list):
        return {
            key: value for place, child in enumerate(part) for key, value in _numbers(child, f"{path}/{place}").items()
        }
    return {path: part} if isinstance(part, str) and re.fullmatch(r"-?[0-9]+\.[0-9]{3,}", part) else {}


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("zeros", "zero_register"),
        ("factors", "factors"),
        ("emissions", "terms"),
        ("reported", "reported"),
        ("members", "members"),
    ],
)
def test_every_number_of_a_section_is_there_in_full(section: str, key: str) -> None:
    report = not_met()
    shown = set(page(report).xpath(f"//section[@id='{section}']//data/@value"))
    wanted = {value for path, value in _numbers(report["facts"][key]).items() if "candidates" not in path}
    assert wanted <= shown


def test_every_finding_place_and_run_is_listed() -> None:
    report = not_met()
    tree = page(report)
    listed = tree.xpath("//section[@id='findings']")[0].text_content()
    for row in report["facts"]["findings"]:
        assert row["code"] in listed
        assert all(row_id in listed for row_id in row["row_ids"])
    assert "第 47 行" in listed
    assert "共 27 行，列出 3 行" in listed
    runs = tree.xpath("//section[@id='unchecked']")[0].text_content()
    assert all(row["code"] in runs for row in report["facts"]["runs"])


def test_a_withheld_place_is_said_to_be_withheld() -> None:
    report = not_met()
    report["places"] = {}
    tree = page(report)
    assert "未随本报告公开" in tree.xpath("//section[@id='findings']")[0].text_content()


def test_a_long_list_of_one_code_is_cut_and_says_so() -> None:
    report = not_met()
    one = next(row for row in report["facts"]["findings"] if row["code"] == "TZ-SUB-07")
    report["facts"]["findings"] = [one | {"period": f"{2000 + n}"} for n in range(60)]
    tree = page(report)
    assert len(tree.xpath("//article[contains(@class, 'finding')]//div[@class='one']")) == 50
    assert "共 60 处，此处列出 50 处" in tree.xpath("//section[@id='findings']")[0].text_content()
    assert int(tree.xpath("string(//ul[@class='counts']/li[1]//b)")) == 60


def test_an_incomplete_figure_is_marked_where_it_is_read() -> None:
    answer = page(VARIANTS["disclaimer"]()).xpath("//section[@id='answer']")[0].text_content()
    assert answer.count("不完整") >= 3
    assert "不完整" not in page(met()).xpath("//section[@id='answer']")[0].text_content()


def test_names_cannot_become_markup() -> None:
    report = not_met()
    evil = "<script>alert(1)</script>\"'&{{ 7*7 }}"
    report["facts"]["park"]["names"]["zh"] = evil
    report["facts"]["claims"][0]["text"] = evil
    report["facts"]["members"][0]["name"] = evil
    report["facts"]["terms"][0]["by_enterprise"][0]["name"] = evil
    tree = page(report)
    assert tree.xpath("//script") == []
    assert tree.xpath("string(//h1)") == evil
    assert "49" not in tree.xpath("string(//h1)")


def test_a_park_with_one_name_is_named_in_both_languages() -> None:
    report = met()
    report["facts"]["park"]["names"] = {"zh": "南湖电子信息产业园"}
    assert page(report, "en").xpath("string(//h1)") == "南湖电子信息产业园"


def test_a_missing_number_stops_the_page() -> None:
    report = met()
    report["facts"]["factors"][0]["value"] = "about 5"
    with pytest.raises(OurFault, match="not_a_number"):
        render_html(report, "zh")


def test_a_missing_fact_stops_the_page() -> None:
    report = met()
    del report["facts"]["ruler"]["sha256"]
    with pytest.raises(Exception, match="sha256"):
        render_html(report, "zh")


def test_the_same_report_gives_the_same_bytes(templates: Path) -> None:
    program = (
        "import pathlib, sys; from verify import resources; resources.templates = lambda: pathlib.Path(sys.argv[1])\n"
        "from tests.unit.report.example import not_met; from verify.report import Report, faces; from verify.canonical import digest\n"
        "print({name: digest(data.decode()) for name, data in faces(Report(**not_met())).items()})"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, str(templates)],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": "", "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert runs[0] == runs[1]
    assert "report.zh.html" in runs[0]


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_words_stand_out_from_the_paper() -> None:
    css = (ROOT / "templates/report/style/page.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    for name in ("ink", "soft", "accent", "met", "not", "open", "none"):
        for paper in ("#ffffff", colours["faint"]):
            high, low = sorted((_luminance(colours[name]), _luminance(paper)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 6.5, (name, paper)  # WCAG 1.4.3 asks for 4.5


def test_the_conservative_reading_is_marked_also_where_the_ruler_says_higher_or_lower() -> None:
    report = not_met()
    point = next(row for row in report["facts"]["parameters"] if row["id"] == "electricity.tce_coefficient")
    marked = {}
    for point["conservative"] in ("higher", "lower", "0.298"):
        rows = page(report).xpath("//*[@id='open-electricity.tce_coefficient']//tbody/tr[.//span[text()='保守']]/th")
        marked[point["conservative"]] = [row.text_content().split()[0] for row in rows]
    assert marked == {"higher": ["0.28078"], "lower": ["0.3150"], "0.298": ["0.298"]}
