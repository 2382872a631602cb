"""Where the reduction came from: sentences letter by letter, every term named in both languages, and the page as it is made."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from lxml import html as parser

from tests.unit.report.example import bridges as made
from tests.unit.report.example.bridges import level, only, ratio, reduction, text, with_bridges
from tests.unit.report.test_report_schema import VALIDATOR
from verify.bridge.classification import AS_FILED, BY_SOURCE, TWO_DIGIT
from verify.bridge.reduction import ORDER
from verify.report import render_html
from verify.report.bridges import Bridges, bridges
from verify.report.bridges.pictures import GROUPS
from verify.report.bridges.words import place, share, tonnes
from verify.report.charts.waterfall import Waterfall
from verify.report.reader import Reader
from verify.words import LANGUAGES, Language, catalogue

BLANKS = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
FALLS, RISES = {"fuel_switch": "-10000", "boundary": "-30000"}, {"activity": "40000", "grid": "2000"}


def told(report: dict[str, Any], language: Language = "en") -> Bridges:
    return bridges(Reader(report, language))


def said(one: dict[str, Any], language: Language = "en", **others: Any) -> list[str]:
    """The sentences of a reduction bridge; one that contradicts the claim has a mark before it."""
    found = told(only(one, **others), language).reduction
    assert found is not None
    return [("! " if row.strong else "") + row.text.translate(BLANKS) for row in found.sentences]


def picture(report: dict[str, Any], language: Language = "en") -> Waterfall:
    found = told(report, language).reduction
    assert found is not None
    return found.picture


def page(report: dict[str, Any], language: Language = "en") -> Any:
    return parser.document_fromstring(render_html(report, language))


# sentences ---------------------------------------------------------------------------------------------------------------


def test_the_claim_and_what_of_it_is_abatement() -> None:
    assert said(reduction()) == [
        "Of the 151.5 kt CO₂ claimed, 10.8 kt CO₂ (7.1 %) is abatement inside the same fence.",
        "Inside the same fence and by one method, emissions fell by 37.1 kt CO₂.",
    ]
    assert said(reduction(), "zh") == [
        "所申报的 15.15 万 tCO₂ 减排量中，1.08 万 tCO₂（7.1%）是同一边界内的实际减排。",
        "同一边界、同一方法下，排放量减少 3.71 万 tCO₂。",
    ]


def test_where_the_park_filed_no_total_nothing_is_called_a_claim() -> None:
    first, _ = said(reduction(filed=False))
    assert first == (
        "Of the 151.5 kt CO₂ by which recomputed emissions fell, 10.8 kt CO₂ (7.1 %) is abatement inside the same fence."
    )
    for language in LANGUAGES:
        body = page(only(reduction(filed=False)), language).xpath("string(//section[@id='bridges'])")
        assert "claimed" not in body
        assert "申报" not in body.replace("申报的产品名称", "")


@pytest.mark.parametrize(
    ("terms", "inside", "sentence"),
    [
        ({"boundary": "-50000"}, "-1", "Of the 50.0 kt CO₂ claimed, none is shown to be abatement inside the same fence."),
        (
            {"boundary": "-50000", "process": "700"},
            "-1",
            ("Of the 49.3 kt CO₂ claimed, none is abatement inside the same fence: energy intensity, fuel mix and process "
            "emissions together added 700 tCO₂ there."),
        ),
        (
            {"fuel_switch": "-15000", "activity": "5000"},
            "-10000",
            ("A reduction of 10.0 kt CO₂ is claimed. Abatement inside the same fence is larger, 15.0 kt CO₂ (150.0 %); "
            "everything else together added emissions."),
        ),
        (
            {"activity": "34000", "fuel_switch": "-9000"},
            "25000",
            ("No reduction is claimed: emissions as filed were 25.0 kt CO₂ higher in 2027 than in 2025. Abatement inside the "
            "same fence is 9.0 kt CO₂."),
        ),
        (
            {"activity": "34000", "fuel_switch": "800.5"},
            "1",
            ("No reduction is claimed: emissions as filed were 34.8 kt CO₂ higher in 2027 than in 2025. Inside the same fence, "
            "energy intensity, fuel mix and process emissions together added 800 tCO₂."),
        ),
        (
            {},
            "0",
            ("No reduction is claimed: emissions as filed are the same in 2027 as in 2025. No abatement inside the same fence is "
            "shown."),
        ),
    ],
)  # fmt: skip
def test_what_the_claim_comes_to(terms: dict[str, str], inside: str, sentence: str) -> None:
    assert said(reduction(terms, like_for_like=inside))[0] == sentence


def test_a_share_that_is_not_defined_is_not_printed() -> None:
    assert said(reduction(share=None))[0] == (
        "A reduction of 151.5 kt CO₂ is claimed, and 10.8 kt CO₂ is abatement inside the same fence; its share is undefined."
    )


def test_another_direction_inside_the_fence_is_never_missed() -> None:
    fell, rose = said(reduction(FALLS, like_for_like="4200")), said(reduction(RISES, like_for_like="-60"))
    assert fell[1] == (
        "! The direction is opposite: emissions as filed fell by 40.0 kt CO₂, yet inside the same fence and by one method "
        "they rose by 4.2 kt CO₂."
    )
    assert rose[1].startswith("! The direction is opposite: emissions as filed rose by 42.0 kt CO₂")
    assert said(reduction(FALLS, like_for_like="0"))[1].startswith(
        "! Inside the same fence and by one method, emissions did"
    )
    assert not [one for one in said(reduction()) if one.startswith("! ")]
    answer = page(only(reduction(FALLS, like_for_like="4200"))).xpath("string(//p[@class='claimed'])")
    assert "The direction is opposite" in answer


def test_an_intensity_that_fell_while_tonnes_rose() -> None:
    *_, last = said(reduction(RISES, like_for_like="42000"), ratio=ratio())
    assert last == (
        "! Intensity down, tonnes up: the CO₂ per unit of energy consumed fell from 0.9400 tCO₂/tce to 0.8579 tCO₂/tce, "
        "while emissions inside the same fence and by one method rose by 42.0 kt CO₂."
    )
    assert len(said(reduction(), ratio=ratio())) == 2  # tonnes fell too
    assert len(said(reduction(RISES, like_for_like="42000"), ratio=ratio() | {"after": "0.95"})) == 2


def test_ratio_and_level_in_a_sentence() -> None:
    found = told(with_bridges())
    assert found.ratio is not None
    assert found.level is not None
    assert found.ratio.sentence.text.translate(BLANKS) == (
        "From 2025 to 2027 the CO₂ per unit of energy consumed went from 0.9400 tCO₂/tce to 0.8579 tCO₂/tce "
        "(−0.0821 tCO₂/tce): −0.0271 tCO₂/tce through emissions, −0.0550 tCO₂/tce through the energy that they are divided by."
    )
    assert found.level.sentence.text.translate(BLANKS) == (
        "The CO₂ per unit of energy consumed is 0.7160 tCO₂/tce with everything at its default and 0.2400 tCO₂/tce as filed. "
        "Of what lies between, 0.1115 tCO₂/tce is proven and 0.3645 tCO₂/tce is not."
    )


def test_why_a_bridge_is_not_there() -> None:
    absent = [{"bridge": "reduction", "reason": "no_base_year"}, {"bridge": "level", "reason": "too_many_switches"}]
    report = with_bridges({"reduction": None, "ratio": None, "level": None, "absent": absent})
    tree = page(report)
    assert "There is no reduction bridge: no base year was named." in tree.xpath("string(//section[@id='bridges'])")
    assert "There is no level bridge: there are too many open zeros" in tree.xpath("string(//section[@id='level'])")
    assert tree.xpath("//p[@class='claimed']") == []


def test_amounts_of_every_size() -> None:
    chinese, english = (Reader(with_bridges(), language) for language in LANGUAGES)
    shown = [
        (tonnes(chinese, Fraction(one)).translate(BLANKS), tonnes(english, Fraction(one)).translate(BLANKS))
        for one in ("151500", "9999.6", "999.5", "12.5", "0", "-42700")
    ]
    assert shown == [
        ("15.15 万 tCO₂", "151.5 kt CO₂"),
        ("10,000 tCO₂", "10.0 kt CO₂"),
        ("1,000 tCO₂", "1,000 tCO₂"),
        ("12.50 tCO₂", "12.50 tCO₂"),
        ("0 tCO₂", "0 tCO₂"),
        ("−4.27 万 tCO₂", "−42.7 kt CO₂"),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.0713", "7.1%"), ("0.0004", "0.04%"), ("0.9999", "99.99%"), ("1", "100.0%"), ("0", "0.0%"), ("1.5", "150.0%")],
)
def test_a_share_is_not_rounded_to_nothing_or_everything(value: str, shown: str) -> None:
    assert share(Reader(with_bridges(), "zh"), value) == shown


# words -------------------------------------------------------------------------------------------------------------------


def test_every_term_has_one_group_and_words_in_both_languages() -> None:
    grouped = [term for group in GROUPS.values() for term in group]
    assert sorted(grouped) == sorted(ORDER) == sorted(made.TERMS)
    words = catalogue("bridge")
    wanted = [f"term.{term}" for term in ORDER] + [
        f"{kind}.{group}" for group in GROUPS for kind in ("group", "group_note")
    ]
    wanted += [f"classification.{name}" for name in (AS_FILED, BY_SOURCE, TWO_DIGIT)]
    schema = VALIDATOR.schema["$defs"]["facts"]["properties"]["bridges"]["properties"]
    below = schema["ratio"]["oneOf"][1]["properties"]["below"]["items"]["properties"]["term"]["enum"]
    reasons = schema["absent"]["items"]["properties"]["reason"]["enum"]
    wanted += [f"below.{name}" for name in below] + [f"reason.{name}" for name in reasons]
    wanted += [f"boundary.{name}" for name in VALIDATOR.schema["$defs"]["common_boundary"]["enum"]]
    wanted += [f"name.{name}" for name in ("reduction", "ratio", "level")]
    assert [key for key in wanted if key not in words] == []
    assert sorted(VALIDATOR.schema["$defs"]["bridge_term"]["enum"]) == sorted(ORDER)


@pytest.mark.parametrize(
    ("enterprise", "process", "part", "shown"),
    [
        ("A", "kiln|lime|inside", "", "kiln · lime · used inside the park"),
        ("A", "A|kiln|idle", "own_electricity", "kiln · energy without output · own electricity"),
        ("A", "|process", "", "Process emissions"),
        ("A", "", "raw_coal", "Raw coal"),
        ("A", "", "heat", "Heat"),
        ("", "", "electricity_sent", "Not assigned to a user · electricity sent out"),
        ("heat", "", "raw_coal", "Raw coal"),
        ("A", "", "", "–"),
    ],
)
def test_where_a_cause_lies(enterprise: str, process: str, part: str, shown: str) -> None:
    assert place(Reader(with_bridges(), "en"), enterprise, process, part) == shown


def test_who_a_cause_is_of() -> None:
    found = told(with_bridges(), "zh").reduction
    assert found is not None
    assert {row.who for row in found.causes} >= {"石灰窑企业", "自产热力", "行业大类 26", "91320000MA2000009K", "–"}
    english = told(with_bridges(), "en").reduction
    assert english is not None
    assert "own making of heat" in {row.who for row in english.causes}


# pictures ----------------------------------------------------------------------------------------------------------------


def test_the_waterfall_in_its_groups() -> None:
    """The numbers of the example, by hand: -73,750 | -95,820.5 | +40,550 | -10,800 | -11,679.5 make -151,500."""
    found = picture(with_bridges())
    assert [(block.look, block.label, block.figure.exact) for block in found.blocks] == [
        ("incomparable", "not comparable", "-73750.000000"),
        ("moved", "moved, contracted or credited", "-95820.500000"),
        ("outside", "output and outside factors", "40550.000000"),
        ("plants", "in the plants", "-10800.000000"),
        ("unexplained", "", "-11679.500000"),
    ]
    assert (found.first.figure.text, found.last.figure.text, found.unit) == ("427.3", "275.8", "kt CO₂")
    assert found.zeros == ["credits for exports", "fuel emission factors", "grid factor"]
    rises = [row.label for block in found.blocks for row in block.rows if "up" in row.bars[0].look]
    assert rises == ["output", "product mix", "process emissions per unit"]


def test_terms_that_miss_the_total_are_not_hidden() -> None:
    one = reduction()
    one["terms"][2]["tco2"] = text("-62000")
    last = picture(only(one)).blocks[-1]
    assert (last.look, last.rows[0].label, last.rows[0].figure.exact) == ("rest", "not split", "-50.000000")


@pytest.mark.parametrize(
    ("change", "unit", "shown"), [("-0.4", "tCO₂", "−0.40"), ("-30", "kt CO₂", "−0.030"), ("-2500", "kt CO₂", "−2.5")]
)
def test_a_small_step_is_not_printed_as_nothing(change: str, unit: str, shown: str) -> None:
    found = picture(only(reduction({"fuel_switch": change, "boundary": "-0.1"})))
    assert (found.unit, found.blocks[-1].rows[0].figure.text) == (unit, shown)


def test_the_level_bridge_shows_what_nothing_proves() -> None:
    found = told(with_bridges(), "zh").level
    assert found is not None
    rows = {row.label: (row.bare, row.figure.text) for row in found.picture.blocks[0].rows}
    assert rows == {
        "绿证与绿电": ("partly_unproven", "−0.3750"),
        "新增零排放用能（分母稀释）": ("unproven", "−0.1020"),
        "电力等价值": ("", "+0.0010"),
    }
    assert found.picture.zeros == ["原料用能扣除"]


# the page ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_the_bridges_is_on_the_page(language: Language) -> None:
    report = with_bridges()
    tree = page(report, language)
    section = tree.xpath("//section[@id='bridges']")[0]
    shown = set(section.xpath(".//data/@value"))
    one = report["facts"]["bridges"]["reduction"]
    wanted = {one[name] for name in ("before", "after", "like_for_like")}
    moved = [row for row in one["terms"] if any(Fraction(row[name]) for name in ("tco2", "fall", "rise"))]
    wanted |= {row[name] for row in moved for name in ("tco2", "fall", "rise")}
    wanted |= {row["real"] for name in ("by_classification", "by_boundary") for row in one[name]}
    wanted |= {row["tco2"] for row in one["causes"]}
    wanted |= {row["tco2"] for row in one["chained"] if Fraction(row["tco2"])}
    assert wanted <= shown
    body = " ".join(section.text_content().split())
    words = catalogue("bridge")
    for term in made.TERMS:
        assert words[f"term.{term}"][language].lower() in body.lower()
    assert words["causes_left"][language].format(count=37) in body
    assert words["chained_note"][language] in body
    assert "18.4 kt CO₂" in body.translate(BLANKS) or "1.84 万 tCO₂" in body.translate(BLANKS)
    assert tree.xpath("string(//p[@class='claimed'])").strip().startswith(section.xpath("string(.//p[@class='first'])"))


def test_the_sums_of_the_table_are_those_of_the_terms() -> None:
    foot = page(with_bridges()).xpath("//section[@id='bridges']//table[contains(@class, 'terms')]/tfoot/tr[1]/td")
    assert [cell.text_content().strip() for cell in foot] == ["−151,500.00", "−196,500.00", "+45,000.00", "−151,500.00"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_chain_that_turns_the_answer_has_its_sentence(language: Language) -> None:
    """Abatement of 10,800 t between the two ends, 9,800 t year by year."""
    one = reduction(chained=made.chained(), chained_turns=["sign"])
    said = " ".join(page(only(one), language).xpath("//section[@id='bridges']")[0].text_content().split())
    says = catalogue("bridge")["chained_turns.sign"][language].partition("{ends}")[0]
    assert says in said
    quiet = page(only(one | {"chained_turns": []}), language).xpath("//section[@id='bridges']")[0].text_content()
    assert says not in " ".join(quiet.split())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_how_sure_it_is_stands_in_the_annex_and_not_on_the_first_page(language: Language) -> None:
    """0.25 % of the draws reach the claim: said in the section on method, and in no other."""
    whole = page(with_bridges(), language)
    annex = whole.xpath("//section[@id='method']//div[@id='uncertainty']")
    assert len(annex) == 1
    said = annex[0].text_content()
    assert "0.2" in said
    assert "4000" in said
    everywhere = whole.text_content()
    for key in ("unsure_title", "unsure_note"):
        assert everywhere.count(catalogue("bridge")[key][language]) == 1
    lone = page(only(reduction(), absent=[{"bridge": "uncertainty", "reason": "not_stated"}]), language)
    assert not lone.xpath("//div[@id='uncertainty']")
    assert catalogue("bridge")["reason.not_stated"][language] in lone.xpath("string(//section[@id='method'])")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_process_without_output_leaves_open_has_both_ends(language: Language) -> None:
    said = page(with_bridges(), language).xpath("string(//section[@id='bridges'])").translate(BLANKS)
    for end in {"en": ("10.8 kt", "14.1 kt"), "zh": ("1.08 万", "1.41 万")}[language]:
        assert end in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_split_that_rests_on_incomplete_terms_says_so(language: Language) -> None:
    said = page(only(reduction(), incomplete=["fuel"]), language).xpath("string(//section[@id='bridges'])")
    assert catalogue("bridge")["incomplete"][language].partition("{terms}")[0].strip() in said
    quiet = page(only(reduction()), language).xpath("string(//section[@id='bridges'])")
    assert catalogue("bridge")["incomplete"][language].partition("{terms}")[0].strip() not in quiet


def test_the_section_comes_first_and_only_where_there_are_bridges() -> None:
    sections = page(with_bridges()).xpath("//section/@id")
    assert sections[:4] == ["answer", "bridges", "changes", "level"]
    report = with_bridges()
    del report["facts"]["bridges"]
    assert "bridges" not in page(report).xpath("//section/@id")
    assert page(report).xpath("//p[@class='claimed']") == []


def test_what_depends_on_the_classification_is_said() -> None:
    found = told(only(reduction())).reduction
    assert found is not None
    assert [row.text.translate(BLANKS) for row in found.range_says] == [
        (
            "Who names the products decides between product mix and intensity. Real abatement lies between 10.8 kt CO₂ and "
            "15.1 kt CO₂ over the classifications; the least decides (products as filed)."
        )
    ]
    assert [row.decides for row in found.bases] == [True, False, False, True, False]
    turned = told(only(reduction(by_boundary=[{"common": "union", "real": "-5", "like_for_like": "0"}]))).reduction
    assert turned is not None
    assert [row.strong for row in turned.range_says] == [False, True]
    alone = told(only(reduction(by_classification=[{"classification": "as_filed", "real": "10800"}]))).reduction
    assert alone is not None
    assert alone.range_says[0].text.startswith("Real abatement is the same under every classification")


def test_a_cut_axis_and_a_rise_are_explained() -> None:
    tree = page(only(reduction(RISES, like_for_like="42000")))
    body = " ".join(tree.xpath("string(//section[@id='bridges'])").split())
    assert "The axis starts at 200 kt CO₂, not at zero" in body.translate(BLANKS)
    assert "Thick frame: a rise" in body
    assert len(tree.xpath("//section[@id='bridges']//*[@class='torn']")) == 2


SHAPES = {
    "all": made.whole,
    "nothing": lambda: dict.fromkeys(("reduction", "ratio", "level", "uncertainty")) | {"incomplete": [], "absent": []},
    "no share": lambda: made.whole() | {"reduction": reduction(RISES)},
    "withheld": lambda: (
        made.whole()
        | {
            "reduction": reduction()
            | {key: [] for key in ("terms", "chained", "causes")}
            | dict.fromkeys(("causes_left", "coarse", "coarse_bounds"))
        }
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_schema_takes_it(name: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(with_bridges(SHAPES[name]()))] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("reduction", "before"), 427301.26926),
        (("reduction", "causes_left"), 37),
        (("reduction", "common"), "both"),
        (("reduction", "decides"), "as_claimed"),
        (("reduction", "terms", 0, "term"), "luck"),
        (("level", "terms", 0, "proven"), True),
        (("ratio", "below", 0, "term"), "activity"),
        (("absent",), [{"bridge": "reduction", "reason": "busy"}]),
    ],
)
def test_the_schema_refuses_a_broken_twin(path: tuple[Any, ...], value: object) -> None:
    report = with_bridges()
    part: Any = report["facts"]["bridges"]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(report)


def test_the_example_adds_up() -> None:
    one = made.whole()
    assert made.sums(one["reduction"]) == -151500
    assert Fraction(one["reduction"]["before"]) - 151500 == Fraction(one["reduction"]["after"])
    sides = [Fraction(row["value"]) for side in ("above", "below") for row in one["ratio"][side]]
    assert Fraction(one["ratio"]["before"]) + sum(sides) == Fraction(one["ratio"]["after"])
    for end, name in (("claimed", "value"), ("proven", "proven")):
        steps = sum(Fraction(row[name]) for row in level()["terms"])
        assert Fraction(level()["strict"]) + steps == Fraction(level()[end])
