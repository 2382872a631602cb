"""The words of the findings: every key in both languages, arguments of a known kind and all of them said, sober wording."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.code_health.test_catalogues import placeholders
from tests.code_health.tree import ROOT, findings, plain_yaml

SPOKEN = ("title", "says", "why", "mend", "proves", "does_not_prove")
KEYS = {*SPOKEN, "arguments", "alias", "example", "cite"}
MAY = {"cells"}  # columns in which a marked workbook shows it
KINDS = {"text", "number", "share", "count"}
# verification-procedure 1.9: never a bare label, never a word about anybody's intent.
FORBIDDEN = {
    "zh": re.compile(
        r"零碳(?!园区)|碳中和|达标|造假|作假|舞弊|欺诈|虚报|瞒报|谎报|故意|蓄意|恶意|(?<!示)意图|企图|洗绿"
    ),
    "en": re.compile(
        r"\b(fraud|cheat|falsif|deceiv|decept|mislead|deliberate|intent\b|intention|manipulat|greenwash|dishonest|conceal"
        r"|carbon[- ]neutral|net[- ]zero|zero[- ]carbon(?! park))",
        re.IGNORECASE,
    ),
}


def units() -> set[str]:
    """Ids of the closed table of units."""
    table = plain_yaml((ROOT / "rules" / "units.yaml").read_text(encoding="utf-8"))
    return set(table["units"])


def sentences(finding: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Key, language and text of everything that a finding says."""
    example = finding.get("example") or {}
    spoken = {key: finding.get(key) for key in SPOKEN} | {side: example.get(side) for side in ("avoid", "prefer")}
    return [
        (key, language, str((words or {}).get(language) or ""))
        for key, words in spoken.items()
        for language in FORBIDDEN
    ]


def wording(code: str, finding: dict[str, Any], known: set[str]) -> list[str]:
    """What is wrong with the words of one finding, one line each; `known` are the unit ids."""
    needed = KEYS | ({"severity"} if code.startswith("TZ-SUB-") else set())
    found = [f"{code}: key {key} missing or unknown" for key in sorted(needed ^ (set(finding) - MAY))]
    arguments = finding.get("arguments") or {}
    found += [
        f"{code}: {name} has no known kind: {kind}" for name, kind in arguments.items() if not of_kind(str(kind), known)
    ]
    for key, language, text in sentences(finding):
        where = f"{code}: {key} in {language}"
        if not text.strip():
            found.append(f"{where} is missing")
        elif text != text.strip() or "  " in text or "\n" in text:
            found.append(f"{where} has stray blanks")
        if bad := FORBIDDEN[language].search(text):
            found.append(f"{where} says {bad.group()!r}")
        if language == "zh" and not re.search(r"[\u4e00-\u9fff]", text):
            found.append(f"{where} is not Chinese")
        if key == "says" and (unsaid := set(arguments) - placeholders(text)):
            found.append(f"{where} leaves out {sorted(unsaid)}")
        ending = text.removesuffix("{reason}").rstrip()  # a reason is a sentence of its own
        if key not in {"title", "avoid", "prefer"} and not ending.endswith(("。", ".")):
            found.append(f"{where} does not end")
    return found


def of_kind(kind: str, known: set[str]) -> bool:
    """A kind of argument, a unit, or one unit per another."""
    return kind in KINDS or all(part in known for part in kind.split("/"))


@pytest.mark.parametrize("code", sorted(findings()))
def test_wording(code: str) -> None:
    assert wording(code, findings()[code], units()) == []


def test_a_planted_fault_is_seen() -> None:
    both = {"zh": "有差额。", "en": "there is a difference."}
    sound: dict[str, Any] = {
        **dict.fromkeys(SPOKEN, both),
        "says": {"zh": "差 {quantity}。", "en": "{quantity} differ."},
        "arguments": {"quantity": "MWh"},
        "alias": "",
        "example": {"avoid": both, "prefer": both},
        "cite": {"document": "ndrc-910", "annex": "4"},
    }
    known = {"MWh", "tCO2"}
    assert wording("TZ-ACC-01", sound, known) == []
    assert wording("TZ-ACC-01", sound | {"arguments": {"quantity": "tCO2/MWh"}}, known) == []
    for planted in (
        {"why": {"zh": "有"}},
        {"extra": "key"},
        {"arguments": {"quantity": "kWhh"}},
        {"arguments": {"quantity": "MWh", "factor": "text"}},
        {"mend": {"zh": "数据造假。", "en": "Mend it."}},
        {"mend": {"zh": "改正。", "en": "This is fraudulent."}},
        {"title": {"zh": "零碳声明", "en": "claim"}},
        {"title": {"zh": "Claim", "en": "claim"}},
    ):
        assert wording("TZ-ACC-01", {**sound, **planted}, known), planted
    assert wording("TZ-SUB-01", sound, known) == ["TZ-SUB-01: key severity missing or unknown"]


@pytest.mark.parametrize("text", ["零碳园区建设名单", "国家级零碳园区"])
def test_the_name_of_the_notice_may_be_said(text: str) -> None:
    assert not FORBIDDEN["zh"].search(text)
