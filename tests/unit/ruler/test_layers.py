"""Layers: what is taken, what is refused and how it is said (issue 4, part A). The property itself: tests/layers."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.ruler.layer_folders import EXAMPLES, NATIONAL, example, line_of, national, replaced
from verify import resources
from verify.errors import Located, Problem, WrongUsage
from verify.ledger import Figures, defaults, judge
from verify.report.citing import cited
from verify.ruler import Ruler, load_ruler
from verify.ruler.overrides import Source

LOOSER = EXAMPLES / "province-looser" / "ruler.yaml"


def refused(folder: Path) -> list[Problem]:
    with pytest.raises(Located) as error:
        load_ruler(folder)
    return error.value.problems


@pytest.fixture(scope="module")
def tighter(tmp_path_factory: pytest.TempPathFactory) -> Ruler:
    return load_ruler(example(tmp_path_factory.mktemp("layers"), "province-tighter"))


def test_a_tightening_is_taken_and_both_texts_are_kept(tighter: Ruler) -> None:
    below = load_ruler(NATIONAL)
    assert tighter.lineage == ((NATIONAL, below.sha256),)
    assert tighter.number("annex3.limit.class_20_100") == Fraction("0.15")
    assert tighter.number("annex3.limit.class_100_up") == below.number("annex3.limit.class_100_up")
    found = {one.path: one for one in tighter.overrides}
    assert {path: one.direction for path, one in found.items()} == {
        "values.annex3.limit.class_20_100": "lower",
        "values.practice.materiality": "lower",
        "indicators.unit_energy_co2.classes.below_20.limit": "lower",
        "indicators.direct_share.limit": "higher",
        "indicators.clean_energy_share.excludable": "lower",
        "indicators.co2_per_electricity": "superset",
        "parameters.electricity.tce_coefficient.readings.0.2900": "superset",
        "baseline.history_years": "higher",
        "checks.TZ-IND-01.severity": "higher",
        "checks.TZ-CAR-02.severity": "higher",
        "checks.TZ-ACC-08.params.tolerance": "lower",
        "claims.verified_level": "superset",
        "opinion.rows.11": "superset",
        "disclosure.public": "superset",
    }
    limit = found["values.annex3.limit.class_20_100"]
    assert (limit.parent["value"], limit.child["value"]) == ("0.2", "0.15")
    assert (limit.parent_cite["document"], limit.child_cite["document"]) == ("ndrc-910", "example-2026")
    annex3 = resources.rules() / "factors" / "annex3.yaml"
    assert limit.parent_place == f"factors/annex3.yaml:{line_of(annex3, 'limit.class_20_100')}"
    assert limit.child_place.startswith("province-tighter/ruler.yaml:")


def test_who_prints_a_limit_is_cited_for_it(tighter: Ruler) -> None:
    sizes = {one.id: one for one in tighter.text.indicators["unit_energy_co2"].classes}
    assert {name: one.cite.document for name, one in sizes.items()} == {
        "below_20": "example-2026",
        "20-100": "example-2026",
        "ge_100": "ndrc-910",
    }


def test_the_digest_covers_the_layer_and_what_is_below(tmp_path: Path, tighter: Ruler) -> None:
    folder = example(tmp_path, "province-tighter")
    assert load_ruler(folder).sha256 == tighter.sha256
    replaced(folder / "ruler.yaml", 'value: "0.15"', 'value: "0.16"')
    other = load_ruler(folder)
    assert other.sha256 != tighter.sha256
    assert other.plain()["overrides"] != tighter.plain()["overrides"]
    assert "overrides" not in load_ruler(NATIONAL).plain()


# what each loosening of the example is refused for: (text in the file, message, path)
_REFUSED = [
    ("factor_sets:", "layer_factor_sets", "factor_sets"),
    ("annex3.limit.class_20_100: {", "layer_not_lower", "values.annex3.limit.class_20_100"),
    ("practice.materiality:", "layer_not_lower", "values.practice.materiality"),
    ("annex4.el.grid_other:", "layer_fixed", "values.annex4.el.grid_other"),
    ("process_factor.ammonia:", "layer_name_taken", "values.process_factor.ammonia"),
    ("denominator: energy.use.tce", "layer_fixed", "indicators.unit_energy_co2.denominator"),
    ("- {id: ge_100", "layer_no_order", "indicators.unit_energy_co2.classes[2].limit"),
    ("direct_share: {limit", "layer_not_higher", "indicators.direct_share.limit"),
    ("export_credit:", "layer_fixed", "parameters.export_credit.default"),
    ("- {id: half", "layer_reading", "parameters.feedstock_in_denominator.readings[2]"),
    ("baseline:", "layer_fixed", "baseline.year"),
    ("TZ-ACC-01:", "layer_not_higher", "checks.TZ-ACC-01.severity"),
    ("TZ-CAR-02:", "layer_no_order", "checks.TZ-CAR-02.severity"),
    ("TZ-ACC-08:", "layer_not_lower", "checks.TZ-ACC-08.params.tolerance"),
    ("TZ-IND-01:", "layer_no_cite", "checks.TZ-IND-01.severity"),
    ("- words: [省级零碳园区]", "layer_adds", "claims[4]"),
    ("public: [claims, findings", "layer_not_superset", "disclosure.public"),
    ("values.annex3.limit.class_20_100: higher", "layer_direction", "directions.values.annex3.limit.class_20_100"),
]


def test_every_loosening_is_refused_at_its_line(tmp_path: Path) -> None:
    found = refused(_named(example(tmp_path, "province-looser", pinned=False)))
    told = sorted((one.line, one.key, one.path) for one in found)
    assert told == sorted((line_of(LOOSER, text), f"ruler.{key}", path) for text, key, path in _REFUSED)
    assert {one.file for one in found} == {"province-looser/ruler.yaml"}


def _named(folder: Path) -> Path:
    """The layer pinned by hand: `repin` would refuse it."""
    replaced(folder / "ruler.yaml", f"extends: {NATIONAL}", f"extends: {NATIONAL}@sha256:{load_ruler(NATIONAL).sha256}")
    return folder


def test_a_refusal_names_both_places_values_and_citations(tmp_path: Path) -> None:
    problems = {one.path: one for one in refused(_named(example(tmp_path, "province-looser", pinned=False)))}
    limit = problems["indicators.direct_share.limit"].arguments
    file = resources.rules() / NATIONAL / "indicators.yaml"
    assert (
        limit["parent_place"] == f"{NATIONAL}/indicators.yaml:{line_of(file, 'limit: annex4.el.direct_share_minimum')}"
    )
    assert limit["parent"] == "annex4.el.direct_share_minimum = 50 %"
    assert limit["child"] == "example.direct_share = 30 %"
    below, own = limit["parent_cite"], limit["child_cite"]
    assert isinstance(below, Source)
    assert isinstance(own, Source)
    assert cited(below.cite, below.documents, "zh") == "发改环资〔2025〕910号 附件 4 二（二）3①"
    assert cited(own.cite, own.documents, "en") == "例发改〔2027〕2号, 第七条"
    for one in problems.values():
        if one.key.removeprefix("ruler.") not in {"layer_factor_sets", "layer_name_taken", "layer_direction"}:
            assert one.arguments["parent_place"], one
            assert one.arguments["child"], one


@pytest.mark.parametrize(
    ("extends", "key"),
    [
        (NATIONAL, "ruler.not_pinned"),
        (f"{NATIONAL}@sha256:{'0' * 64}", "ruler.pin_differs"),
        (f"{NATIONAL}@sha256:00", "ruler.not_a_pin"),
        (f"cn-nowhere@sha256:{'0' * 64}", "ruler.no_parent"),
        (f"province-tighter@sha256:{'0' * 64}", "ruler.circle"),
        ("[a, list]", "ruler.not_a_pin"),
    ],
)
def test_what_a_layer_rests_on_must_be_there_as_it_was(extends: str, key: str, tmp_path: Path) -> None:
    folder = example(tmp_path, "province-tighter", pinned=False)
    replaced(folder / "ruler.yaml", f"extends: {NATIONAL}", f"extends: {extends}")
    (problem,) = refused(folder)
    assert (problem.key, problem.line) == (key, line_of(folder / "ruler.yaml", "extends:"))


def test_a_layer_over_a_layer_may_not_loosen_it(tmp_path: Path) -> None:
    """0.18 is tighter than the nation's 0.2 and looser than the province's 0.15."""
    example(tmp_path, "province-tighter")
    city = tmp_path / "city"
    city.mkdir()
    below = load_ruler(tmp_path / "province-tighter")
    text = (
        "id: city\ntitle: {{zh: 市, en: city}}\nstatus: complete\nauthority: {{zh: 市, en: city}}\n"
        f"extends: province-tighter@sha256:{below.sha256}\n"
        "documents: {{c: {{title: {{zh: 市办法, en: rules}}}}}}\n"
        'values:\n  annex3.limit.class_20_100: {{unit: tCO2/tce, value: "{0}", confidence: primary, cite: {{document: c}}}}\n'
    )
    (city / "ruler.yaml").write_text(text.format("0.18"), encoding="utf-8")
    (problem,) = refused(city)
    assert problem.key == "ruler.layer_not_lower"
    assert problem.arguments["parent"] == "0.15 tCO2/tce"
    (city / "ruler.yaml").write_text(text.format("0.12"), encoding="utf-8")
    ruler = load_ruler(city)
    assert [name for name, _ in ruler.lineage] == [NATIONAL, "province-tighter"]
    assert ruler.overrides[: len(below.overrides)] == below.overrides
    assert [one.by for one in ruler.overrides] == ["province-tighter"] * len(below.overrides) + ["city"]
    assert ruler.number("annex3.limit.class_20_100") == Fraction("0.12")


def test_an_added_reading_is_computed_and_does_not_rescue(tmp_path: Path) -> None:
    """A coefficient of 0.60 of the layer's own cannot turn what fails under all of the nation's into an open question."""
    folder = example(tmp_path, "province-tighter")
    replaced(folder / "ruler.yaml", '{id: "0.2900", value: "0.2900",', '{id: "0.60", value: "0.60",')
    layer = load_ruler(folder)
    assert layer.beside == {"electricity.tce_coefficient": frozenset({"0.60"})}
    carbon = {"boundary": "filed", "year": "2027", "measure": "carbon", "term": "process", "reading": ""}
    energy = {"boundary": "filed", "year": "2027", "measure": "energy", "side": "fence"}
    cells = [
        {**carbon, "tco2": 66_000, "proven_tco2": 66_000},
        *(
            {**energy, "reading": f"electricity.tce_coefficient={one.id}", "tce": 1_000_000 * Fraction(one.value)}
            for one in layer.text.parameters["electricity.tce_coefficient"].readings
        ),
    ]
    here, below = (
        judge(Figures(ruler, cells, "filed", "2027"), "unit_energy_co2", defaults(ruler))
        for ruler in (layer, load_ruler(NATIONAL))
    )
    assert below.verdict == "not_met"  # 66000 / 315000 = 0.2095 at best, the limit is 0.2
    assert (
        here.alone["electricity.tce_coefficient"]["0.60"].verdict == "met"
    )  # 66000 / 600000 = 0.11, the limit is 0.15
    assert here.low == Fraction(66_000, 600_000)
    assert here.verdict == "not_met"


def test_an_added_reading_is_never_the_headline(tmp_path: Path) -> None:
    from verify import road

    folder = example(tmp_path, "province-tighter")
    park = tmp_path / "park"
    shutil.copytree(resources.parks() / "honest-met", park)
    replaced(park / "park.yaml", "electricity.tce_coefficient: '0.30'", "electricity.tce_coefficient: '0.2900'")
    with pytest.raises(Located) as error:
        road.check(park, ruler=str(folder))
    (problem,) = error.value.problems
    assert problem.key == "road.no_reading"
    assert "0.2900" not in str(problem.arguments["available"])


_POINT = """parameters:
  {0}:
    title: {{zh: 点, en: point}}
    open: {{zh: 点, en: point}}
    default: reported
    conservative: reported
    readings: [{{id: reported, title: {{zh: 填报, en: filed}}}}]
    cite: {{document: example-2026}}
"""
_READING = '- {{id: "{0}", value: "{1}", title: {{zh: 另, en: other}}}}'
_OWN_READING = (
    '- {id: "0.2900", value: "0.2900", title: {zh: 示例省 2025 年供电煤耗, en: supply coal consumption of the example province},'
    " confidence: secondary}"
)
_SENSITIVITY = """sensitivities:
  - {value: annex4.el.grid_other, to: "0.6", unit: kgCO2/kWh, title: {zh: 另, en: other}, cite: {document: example-2026}}
documents:
"""


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        # names that the ledger gives a meaning to: the method as filed, a sensitivity, a second condition inside a reading
        ("parameters:\n", _POINT.format("method"), "ruler.layer_name_taken"),
        ("parameters:\n", _POINT.format('"value:annex4.el.grid_other"'), "ruler.layer_name_odd"),
        (_OWN_READING, _READING.format("0.30;method=reference", "0.60"), "ruler.layer_name_odd"),
        (_OWN_READING, _READING.format("0.60", "much"), "ruler.layer_reading"),
        ("  example-2026:", "  gbt-2589-2020: {title: {zh: 另, en: other}}\n  example-2026:", "ruler.documents_differ"),
        ('value: "0.25", ', 'value: "0.25", about: {subject: electricity}, ', "ruler.layer_about"),
        ("documents:\n", _SENSITIVITY, "ruler.layer_adds"),
        ("id: province-tighter", f"id: {NATIONAL}", "ruler.layer_same_id"),
    ],
)
def test_what_is_added_may_mean_nothing_to_the_rules_below(old: str, new: str, key: str, tmp_path: Path) -> None:
    folder = example(tmp_path, "province-tighter")
    replaced(folder / "ruler.yaml", old, new)
    assert key in [one.key for one in refused(folder)]


def test_a_layer_without_its_own_head_is_no_ruler(tmp_path: Path) -> None:
    folder = example(tmp_path, "province-tighter", pinned=False)
    replaced(folder / "ruler.yaml", "id: province-tighter\n", "")
    replaced(folder / "ruler.yaml", f"extends: {NATIONAL}", f"extends: {NATIONAL}@sha256:{load_ruler(NATIONAL).sha256}")
    assert [(one.key, one.arguments["key"]) for one in refused(folder)] == [("ruler.missing_key", "id")]


def test_a_direction_that_speaks_of_nothing_is_a_slip(tmp_path: Path) -> None:
    folder = national(tmp_path, "directions.yaml", "checks.*.severity: higher", "checks.*.severty: higher")
    (problem,) = refused(folder)
    assert (problem.key, problem.arguments["pattern"]) == ("ruler.direction_of_nothing", "checks.*.severty")


def test_a_layer_of_a_partial_ruler_is_partial(tmp_path: Path) -> None:
    national(tmp_path, "ruler.yaml", "status: complete", "status: partial")
    folder = example(tmp_path, "province-tighter", pinned=False)
    replaced(
        folder / "ruler.yaml",
        f"extends: {NATIONAL}",
        f"extends: {NATIONAL}@sha256:{load_ruler(tmp_path / NATIONAL).sha256}",
    )
    assert [one.key for one in refused(folder)] == ["ruler.layer_not_partial"]


def test_no_such_folder_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        load_ruler(tmp_path / "nothing")
