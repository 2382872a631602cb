"""Every finding code has its words, clause, page and a pair of parks; every code in use has a finding."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from tests.code_health.test_catalogues import placeholders
from tests.code_health.tree import ROOT, findings, nothing, plain_yaml, project_texts

CODE = re.compile(r"TZ-[A-Z]+-\d{2}")
WORDS = ("title", "says", "why", "mend", "proves", "does_not_prove")
ALWAYS_THERE = {"subject", "period", "effect", "effect_unit"}
SEVERITIES = {"error", "warning", "question", "note"}


def faults(code: str, finding: dict[str, Any]) -> list[str]:
    """What is wrong with the words of one finding, one line each."""
    found = [] if CODE.fullmatch(code) else [f"{code}: not TZ-<FAMILY>-<NN>"]
    for key in WORDS:
        words = finding.get(key)
        if (
            not isinstance(words, dict)
            or set(words) != {"zh", "en"}
            or not all(str(text).strip() for text in words.values())
        ):
            found.append(f"{code}: {key} is not whole in zh and en")
    said = finding.get("says") or {}
    allowed = ALWAYS_THERE | set(finding.get("arguments") or {})
    names = {language: placeholders(str(text)) for language, text in said.items()}
    found += [
        f"{code}: says in {lang} names {sorted(used - allowed)}" for lang, used in names.items() if used - allowed
    ]
    if len(set(map(frozenset, names.values()))) > 1:
        found.append(f"{code}: says names other arguments in zh than in en")
    cite = finding.get("cite") or {}
    if not cite.get("document") or not (cite.get("annex") or cite.get("clause")):
        found.append(f"{code}: no document with annex or clause")
    example = finding.get("example") or {}
    if not all(set(example.get(side) or {}) == {"zh", "en"} for side in ("avoid", "prefer")):
        found.append(f"{code}: no example to avoid and to prefer in zh and en")
    if code.startswith("TZ-SUB") and finding.get("severity") not in SEVERITIES:
        found.append(f"{code}: a finding of the submission names its severity")
    return found


def used(folder: str) -> dict[str, str]:
    """Code to the first file under `folder` that names it."""
    return {
        code: name
        for name, text in sorted(project_texts().items(), reverse=True)
        if name.startswith(f"{folder}/") and name.endswith((".py", ".yaml"))
        for code in CODE.findall(text)
    }


@cache
def with_parks() -> frozenset[str]:
    """Codes with an honest and a dishonest park; a fault of the submission stands in the careless park or is one of form."""
    planted = import_module("fixtures.simulator.careless.planter").catalogue()["faults"].values()
    careless = {code for fault in planted for code in fault["raises"] if code.startswith("TZ-SUB-")}
    of_form = {code for code, _ in import_module("fixtures.simulator.forms").FORMS}
    across = frozenset(
        import_module("fixtures.simulator.nation").CODES
    )  # facts of several parks, with their near misses
    return frozenset(import_module("fixtures.simulator.pairs").CODES) | careless | of_form | across


def test_there_are_findings() -> None:
    assert findings()


def test_words_are_whole() -> None:
    nothing(fault for code, finding in findings().items() for fault in faults(code, finding))


def test_aliases_are_unique() -> None:
    aliases = [finding["alias"] for finding in findings().values() if finding.get("alias")]
    assert sorted(aliases) == sorted(set(aliases))


def test_every_code_in_use_has_a_finding() -> None:
    nothing(f"{code} in {name}" for code, name in {**used("rules"), **used("verify")}.items() if code not in findings())


def test_every_finding_is_in_use() -> None:
    nothing(set(findings()) - set(used("verify")) - set(used("rules")))


def test_every_finding_has_its_page() -> None:
    folder = ROOT / "docs" / "findings"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("TZ-*.md")}
    without = [
        code
        for code, words in findings().items()
        if not all(title in texts.get(code, "") for title in words["title"].values())
    ]
    nothing(f"{code}: run make docs" for code in without)


def test_every_finding_has_its_parks() -> None:
    nothing(
        f"{code}: not in fixtures.simulator (pairs, forms) and not in the careless park"
        for code in set(findings()) - with_parks()
    )


def test_no_page_and_no_park_without_a_finding() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "findings").glob("TZ-*.md")}
    nothing((pages | with_parks()) - set(findings()))


def test_a_planted_fault_is_seen() -> None:
    both = {"zh": "有", "en": "there is"}
    sound = {
        **dict.fromkeys(WORDS, both),
        "says": {"zh": "{rows} 行", "en": "{rows} rows"},
        "arguments": {"rows": "text"},
        "cite": {"document": "发改环资〔2025〕910号", "annex": "4"},
        "example": {"avoid": both, "prefer": both},
    }
    assert faults("TZ-NAT-01", sound) == []
    assert faults("TZ-NAT-1", sound)
    assert faults("TZ-SUB-01", sound)
    for planted in (
        {"title": {"zh": "有"}},
        {"says": both | {"zh": "{tonnes}"}},
        {"cite": {"annex": "4"}},
        {"example": None},
    ):
        assert faults("TZ-NAT-01", {**sound, **planted}), planted


def test_a_key_given_twice_is_seen() -> None:
    with pytest.raises(ValueError, match="line 2"):
        plain_yaml("title: a\ntitle: b\n")
