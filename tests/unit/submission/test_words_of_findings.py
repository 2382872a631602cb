"""What a person reads: complete in both languages, with place, reason, rule, consequence and remedy."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

import verify.submission
from verify import resources
from verify.submission import SubmissionFinding
from verify.submission.findings import SEVERITIES, cut
from verify.submission.raw import NOTE_KINDS, RawNote
from verify.submission.telling import reasons, tell
from verify.submission.typed.notes import code_of
from verify.words import LANGUAGES, catalogue

from .conftest import Door
from .handing import changed, sound

SOURCE = Path(verify.submission.__file__).parent
FILES = sorted((resources.templates() / "findings").glob("TZ-SUB-*.yaml"))
PARTS = ("title", "says", "why", "mend", "proves", "does_not_prove")


def source_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py")))


def raised() -> set[str]:
    return set(re.findall(r'"(TZ-SUB-\d\d)"', source_text()))


def test_every_code_of_the_source_has_its_words_and_the_other_way_round() -> None:
    assert {path.stem for path in FILES} == raised()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_words_of_a_code_are_complete(path: Path) -> None:
    words: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert words["severity"] in SEVERITIES
    known = {*words["arguments"], "subject", "period", "effect"}
    for part in PARTS:
        for language in LANGUAGES:
            assert words[part][language].strip(), (part, language)
            assert {name for _, name, _, _ in Formatter().parse(words[part][language]) if name} <= known
    assert words["cite"]["document"]
    for side in ("avoid", "prefer"):
        assert all(words["example"][side][language] for language in LANGUAGES)


def test_every_reason_of_the_source_has_its_sentence() -> None:
    used = set(re.findall(r'fault\([A-Z_]+, "(\w+)"', source_text()))
    used |= set(re.findall(r'Fault\([A-Za-z_.]+, "(\w+)"', source_text()))
    used |= set(re.findall(r'"reason": "(\w+)"', source_text()))
    used |= set(NOTE_KINDS)
    assert used - reasons() == set()


def test_every_note_of_a_reader_has_a_code() -> None:
    assert {code_of(RawNote(kind)) for kind in NOTE_KINDS} <= raised()


def test_sentences_of_both_languages_take_the_same_arguments() -> None:
    for key, texts in catalogue("submission").items():
        names = [{name for _, name, _, _ in Formatter().parse(texts[language]) if name} for language in LANGUAGES]
        assert names[0] == names[1], key


def message(door: Door, **cells: str) -> dict[str, str]:
    (finding,) = door(changed("activity", 1, **cells)).findings
    return {language: tell(finding, language) for language in LANGUAGES}


def test_a_message_says_where_what_why_and_what_to_do(door: Door) -> None:
    told = message(door, quantity="12O0")
    assert told["zh"].startswith(
        "TZ-SUB-07 错误 activity.csv（activity）第 3 行“quantity”列：读到 `12O0`。第 3 个字符是“O”，不是数字 0。规则："
    )
    assert "本行（2027-01，A，boiler，天然气，终端消费，终端消费）不计入" in told["zh"]
    assert told["zh"].endswith("说明：`truezero explain TZ-SUB-07`")
    assert told["en"].startswith(
        "TZ-SUB-07 error activity.csv (activity), line 3, column quantity: read `12O0`. Character 3 is “O”, not the digit 0. Rule: "
    )
    assert "The row (2027-01, A, boiler, natural gas, final use, final consumption) is left out" in told["en"]


def test_a_message_of_a_kept_row_says_so(door: Door) -> None:
    assert "该单元格按空白处理" in message(door, uncertainty_pct="约5")["zh"]


def test_every_finding_of_a_wild_park_can_be_told(door: Door) -> None:
    tables = sound()
    rows = tables["activity"]
    for at, cells in enumerate(
        ({"quantity": "1.234,5"}, {"period": "2025-13"}, {"unit": "升"}, {"flow": "终端消費量"}, {"enterprise_id": "Z"})
    ):
        rows.append({**rows[1], "period": f"2027-{at + 5:02d}", **cells})
    rows.append(dict(rows[0]))
    del tables["sources"], tables["enterprises"]
    submission = door(tables)
    for finding in submission.findings:
        for language in LANGUAGES:
            assert "{" not in tell(finding, language)


def test_a_cut_list_keeps_complete_counts(door: Door) -> None:
    tables = sound()
    row = tables["activity"][1]
    tables["activity"] += [
        {**row, "from": f"2027-01-{at % 28 + 1:02d}", "to": f"2027-02-{at % 25 + 1:02d}", "quantity": "x"}
        for at in range(250)
    ]
    submission = door(tables)
    assert submission.finding_counts == {"TZ-SUB-07": 250}
    shown = [one for one in submission.findings if one.code == "TZ-SUB-07"]
    assert len(shown) == 200
    assert shown == sorted(shown, key=lambda one: one.row_id)
    (group,) = [one for one in submission.finding_groups if one.code == "TZ-SUB-07"]
    assert (group.rows, len(group.row_ids), group.column) == (250, 200, "quantity")


def test_the_cut_does_not_depend_on_the_order_of_arrival() -> None:
    findings = [SubmissionFinding("TZ-SUB-07", "error", "activity", row_id=f"activity:{at:04d}#1") for at in range(300)]
    assert cut(findings) == cut(findings[::-1])
