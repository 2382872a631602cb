"""The pages of docs/findings/: shape, both languages, the ruler's word before ours, nothing stale left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.errors import OurFault
from verify.report.findings_text import words_of
from verify.report.pages import codes, finding_page, pages, write_pages
from verify.words import LANGUAGES, Language

ENTRY = {
    "severity": "error",
    "alias": "CK-N1",
    "direction": {"allowed": "may_shrink", "severity": "may_rise", "note": "as_it_is"},
    "cite": {"document": "ndrc-910", "annex": "4", "clause": "二（二）3①"},
    "tests": [{"park": "TZ-ACC-01/honest", "raises": []}, {"park": "TZ-ACC-01/dishonest", "raises": ["TZ-ACC-01"]}],
}
DOCUMENTS = {"ndrc-910": "发改环资〔2025〕910号"}
OF_A_FILE = {"TZ-SUB-01", "TZ-SUB-36"}  # no table is known, or the file as a whole is meant: `raw` is its name


def whom(code: str) -> str:
    """What the sentence must name: the subject; for a fault of the submission the table, or the file."""
    if code in OF_A_FILE:
        return "raw"
    return "table" if code.startswith("TZ-SUB-") else "subject"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_page_and_a_sentence(code: str, language: Language) -> None:
    words = words_of(code)
    page = finding_page(code, None, language)
    assert page.startswith(f"# {code}  {words['title'][language]}\n")
    assert all(words[key][language] in page for key in ("why", "mend", "proves", "does_not_prove"))
    assert all(words["example"][side][language] in page for side in ("avoid", "prefer"))
    assert page.rstrip().endswith(f"`truezero explain {code}`")
    told = {name: f"<{name}>" for name in [*words["arguments"], "subject", "period", "effect"]}
    sentence = words["says"][language].format(**told)
    assert all(told[name] in sentence for name in words["arguments"])
    assert told[whom(code)] in sentence
    assert "{" not in sentence


def test_the_shape_in_english() -> None:
    """models.md section 2: title, severity, alias, clause; Avoid, Prefer, Why, Proves, Does not prove; parks, direction."""
    page = finding_page("TZ-ACC-01", ENTRY, "en", documents=DOCUMENTS)
    lines = page.split("\n\n")
    assert lines[0] == "# TZ-ACC-01  Electricity factor outside the method"
    assert lines[1] == "error · CK-N1 · 发改环资〔2025〕910号, annex 4, 二（二）3①"
    assert [line.split("**")[1] for line in lines[2:-1]] == [
        "Avoid",
        "Prefer",
        "Why",
        "Mend",
        "Proves",
        "Does not prove",
    ]
    assert "0.5306" in lines[2]
    assert "8,325 t" in lines[3]
    assert lines[-1] == (
        "Parks: honest, dishonest · Direction: `allowed` may shrink, `severity` may rise, `note` as_it_is"
        " · `truezero explain TZ-ACC-01`\n"
    )


def test_the_shape_in_chinese() -> None:
    lines = finding_page("TZ-ACC-01", ENTRY, "zh", documents=DOCUMENTS).split("\n\n")
    assert lines[1] == "错误 · CK-N1 · 发改环资〔2025〕910号，附件 4，二（二）3①"
    assert [line.split("**")[1] for line in lines[2:-1]] == ["避免", "应为", "原因", "改正", "能够说明", "不能说明"]
    assert lines[-1].startswith("示例园区：正常例，问题例 · 下层标尺：`allowed`只可缩小，`severity`只可提高")


def test_the_example_adds_up() -> None:
    """10,000 MWh × 0.5306 = 5,306 t; × 0.8325 = 8,325 t (models.md section 2)."""
    example = words_of("TZ-ACC-01")["example"]
    assert all(text in example["avoid"]["en"] for text in ("10,000 MWh", "0.5306", f"{10_000 * 5306 // 10_000:,} t"))
    assert all(text in example["prefer"]["en"] for text in ("0.8325", f"{10_000 * 8325 // 10_000:,} t"))


def test_the_ruler_speaks_before_the_words() -> None:
    page = finding_page("TZ-GRN-02", {"severity": "question", "cite": {"document": "own", "clause": "7"}}, "en")
    assert page.split("\n\n")[1] == "question · CK-N4 · own, 7"
    assert "Direction" not in page
    assert "annex 4" in finding_page("TZ-GRN-02", None, "en")


def test_every_check_of_the_annex_has_a_code() -> None:
    """national-ruler.md section 8 lists CK-N1 to CK-N23, section 3 N-BC-1 to N-BC-4; each stands in one finding."""
    aliases = sorted(words_of(code)["alias"] for code in codes() if words_of(code)["alias"])
    assert aliases == sorted([*(f"CK-N{n}" for n in range(1, 24)), *(f"N-BC-{n}" for n in range(1, 5))])


def test_pages_are_written_and_stale_ones_go(tmp_path: Path) -> None:
    stale, other = tmp_path / "TZ-OLD-99.md", tmp_path / "notes.md"
    stale.write_text("old", encoding="utf-8")
    other.write_text("kept", encoding="utf-8")
    written = write_pages(tmp_path, {"TZ-ACC-01": ENTRY}, DOCUMENTS)
    assert {path.name for path in written} == {*(f"{code}.md" for code in codes()), "README.md"}
    assert not stale.exists()
    assert other.read_text(encoding="utf-8") == "kept"
    text = (tmp_path / "TZ-ACC-01.md").read_text(encoding="utf-8")
    assert "Electricity factor outside the method" in text
    assert "电力排放因子不在核算方法之内" in text
    index = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert all(f"[{code}]({code}.md)" in index for code in codes())
    assert "| [TZ-ACC-01](TZ-ACC-01.md) | error |" in index
    before = {path: path.read_bytes() for path in written}
    write_pages(tmp_path, {"TZ-ACC-01": ENTRY}, DOCUMENTS)
    assert before == {path: path.read_bytes() for path in written}


def test_pages_without_a_ruler() -> None:
    assert set(pages()) == {*(f"{code}.md" for code in codes()), "README.md"}


def test_a_code_without_words_is_our_fault() -> None:
    with pytest.raises(OurFault):
        finding_page("TZ-NIL-00", None)
