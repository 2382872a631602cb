"""``truezero engage`` as typed: a whole engagement, from opening to conclusion, over a report with four findings."""

from __future__ import annotations

import copy
import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.acceptance.command import Said, no_trace_of_us, said
from tests.unit.engagement.reports import finding
from tests.unit.engagement.reports import report as by_hand
from verify.canonical import canonical_bytes
from verify.engagement.conduct import conduct

LEAD, MEMBER, REVIEWER, SIGNATORY, BODY, UNIT = "王芳", "李明", "赵敏", "周宏", "核查机构 017", "刘工"
FINDINGS = [
    ("TZ-ACC-01", "error", {"due_factor": "0.8325", "filed_factor": "0.5306", "quantity": "10"}),
    ("TZ-ACC-04", "error", {"deducted": "12000", "item": "碳汇抵消"}),
    ("TZ-SCP-02", "question", {"base_share": "0", "base_year": "2025", "carrier": "natural_gas", "claim_share": "0.5"}),
    (
        "TZ-SCP-05",
        "error",
        {"quantity": "5", "carrier": "electricity", "party": "=cmd", "statements": "1", "unit": "MWh"},
    ),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with four findings, two members, two tables and three checks."""
    findings = [
        finding(
            code,
            severity,
            f"activity:{at}#1",
            arguments=arguments,
            subject="=cmd" if code == "TZ-SCP-05" else "E1",
            effect={"unit": "tCO2", "value": f"{at}00.5", "year": "2027"},
        )
        for at, (code, severity, arguments) in enumerate(FINDINGS, 1)
    ]
    member = {"industry_code": "3011", "from": "2022-01-01", "to": None, "tco2": "1"}
    document = by_hand(
        *findings,
        members=[{"enterprise_id": "E1", "name": "甲厂", **member}, {"enterprise_id": "E2", "name": "乙厂", **member}],
        dispositions={
            "tables": [
                {"table": "activity", "rows": "9", "used": "8", "excluded": "1", "blocking": "0"},
                {"table": "meters", "rows": "2", "used": "2", "excluded": "0", "blocking": "0"},
            ],
            "excluded": [],
        },
        runs=[
            {"code": "TZ-ACC-01", "outcome": "found", "reason": None},
            {"code": "TZ-ACC-03", "outcome": "passed", "reason": None},
            {
                "code": "TZ-SUP-01",
                "outcome": "could_not_run",
                "reason": {"key": "checks.no_output_of_plants", "arguments": {}},
            },
        ],
    )
    folder = tmp_path_factory.mktemp("report")
    (folder / "report.json").write_bytes(canonical_bytes(document))
    return folder


class Desk:
    """An engagement in a folder, typed command by command; on a day that the test names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def type(self, name: str, *words: str | Path, by: str = LEAD, day: str = "2028-03-06", lang: str = "zh") -> Said:
        done = said("engage", name, self.folder, *words, "--by", by, "--at", day, "--lang", lang)
        no_trace_of_us(done)
        return done

    def done(self, name: str, *words: str | Path, by: str = LEAD, day: str = "2028-03-06", lang: str = "zh") -> str:
        told = self.type(name, *words, by=by, day=day, lang=lang)
        assert (told.code, told.err) == (0, "")
        return told.out

    def status(self, day: str = "2028-03-06") -> dict[str, object]:
        told = said("engage", "status", self.folder, "--at", day, "--json")
        assert told.code == 0
        return dict(json.loads(told.out))


@pytest.fixture
def desk(tmp_path: Path, report: Path) -> Desk:
    facts = json.loads((report / "report.json").read_text(encoding="utf-8"))["facts"]
    done = said(
        "engage", "open", tmp_path / "work", "--number", "V-1", "--body", BODY, "--park", facts["park"]["id"], "--year", facts["year"],
        "--lead", LEAD, "--member", MEMBER, "--reviewer", REVIEWER, "--signatory", SIGNATORY, "--at", "2028-03-03", "--lang", "zh",
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    return Desk(tmp_path / "work")


def test_a_whole_engagement(desk: Desk, report: Path, tmp_path: Path) -> None:
    for name in (BODY, LEAD, MEMBER, REVIEWER, SIGNATORY):
        desk.done("declare", "--none", by=name)
    for number in ("1", "2", "3", "4"):
        desk.done("step", number, "--text", "完成")
    assert "新登记 4 项" in desk.done("import", report)
    assert "4 on the list already" in desk.done("import", report, lang="en")
    paper = tmp_path / "结算单.pdf"
    paper.write_bytes(b"%PDF")
    for number in ("F001", "F002"):
        desk.done("answer", number, "--cause", "录入", "--correction", "已改正", "--evidence", paper, by=UNIT)
    desk.done("answer", "F003", "--correction", "有检测报告", by=UNIT)
    for number in ("F001", "F002", "F003"):
        desk.done("close", number, "--text", "已核对", by=MEMBER)
    desk.done("step", "5", "--text", "完成")
    early = desk.type("conclude", by=SIGNATORY)
    assert early.code == 1
    assert "未经技术复核" in early.out
    assert "F004" in early.out  # every reason, not the first only
    desk.done("review", "--text", "同意", by=REVIEWER)

    not_passed = desk.type("conclude", by=SIGNATORY)
    assert not_passed.code == 1
    assert "不通过" in not_passed.out
    told = desk.status("2028-03-14")
    assert (told["outcome"], told["concluded"]["outcome"]) == ("not_passed", "not_passed")  # type: ignore[index]
    assert [(one["limit"], one["about"], one["overdue"]) for one in told["reminders"]] == [("correction", "F004", True)]  # type: ignore[attr-defined]
    shown = said("engage", "status", desk.folder, "--at", "2028-03-14", "--lang", "en")
    assert "overdue since 2028-03-13" in shown.out
    assert "unconfirmed" in shown.out
    assert "public holidays" in shown.out

    desk.done("estimate", "F004", "--tco2", "400.5", "--of", "2027", "--text", "按供电量", day="2028-03-15")
    desk.done("review", "--text", "同意", by=REVIEWER, day="2028-03-16")
    assert "通过" in desk.done("conclude", by=SIGNATORY, day="2028-03-16")
    desk.done("step", "7", "--text", "书面告知", day="2028-03-17")
    desk.done("object", "--text", "F004 估算偏高", by=UNIT, day="2028-03-20")
    desk.done("reply", "--text", "维持", day="2028-03-21")
    desk.done("step", "8", "--text", "归档", day="2028-03-22")
    last = desk.status("2028-04-30")
    assert (last["outcome"], last["steps"], last["reminders"]) == ("passed", sorted(conduct().steps), [])
    assert desk.type("raise", "--kind", "observation", "--clause", "x", "--text", "x", day="2028-03-23").code == 2
    lines = (desk.folder / "register.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["event"] for line in lines].count("conclude") == 2  # the first one stays


class Cells(HTMLParser):
    """How many tables, the most columns of one, and every text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables, self.widest, self.row, self.text, self.outside = 0, 0, 0, "", []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tables += tag == "table"
        self.row = 0 if tag == "tr" else self.row + (tag in {"td", "th"})
        self.widest = max(self.widest, self.row)
        self.outside += [
            value for name, value in attrs if name in {"src", "href"} and value and not value.startswith(("#", "data:"))
        ]
        assert tag != "script"

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_forms(desk: Desk, report: Path, tmp_path: Path) -> None:
    desk.done("import", report)
    desk.done("raise", "--kind", "clarification", "--clause", "附件4", "--text", "<b>3 号</b>锅炉", by=MEMBER)
    desk.done(
        "answer", "F001", "--cause", "录入", "--correction", "已改正", "--evidence", report / "report.json", by=UNIT
    )
    desk.done("close", "F001", "--text", "已核对", by=MEMBER, day="2028-03-07")
    desk.done("estimate", "F002", "--tco2", "400.5", "--of", "2027", "--text", "最大月", day="2028-03-08")
    done = said("engage", "forms", desk.folder, report, "-o", tmp_path / "forms", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    names = {f"{form}.{lang}.csv" for form in ("review", "site", "list", "roster") for lang in ("zh", "en")}
    assert {one.name for one in (tmp_path / "forms").iterdir()} == names | {"forms.zh.html", "forms.en.html"}
    for lang, titles in (
        ("zh", ("文件评审表", "现场核查清单", "不符合项清单", "名录比对")),
        ("en", ("Document review", "On-site checklist")),
    ):
        page = Cells()
        page.feed((tmp_path / "forms" / f"forms.{lang}.html").read_text(encoding="utf-8"))
        assert (page.tables, page.outside) == (4, [])
        assert 3 <= page.widest <= 5
        assert all(title in page.text for title in titles)
        assert "<b>3 号</b>锅炉" in page.text
    listed = sheet(tmp_path / "forms" / "list.zh.csv")
    assert [row["编号"] for row in listed] == ["F001", "F002", "F004", "F003", "F005"]  # 不符合 first
    first, second = listed[:2]
    assert (first["原因"], first["整改"], first["验证"], first["关闭日"]) == ("录入", "已改正", "已核对", "2028-03-07")
    assert first["证据"] == "report.json"
    assert "100.50" in first["影响"]
    assert "400.50" in second["验证"]
    site = sheet(tmp_path / "forms" / "site.en.csv")
    assert [row["No."] for row in site] == ["F001", "F002", "F004", "F003", "F005"]
    review = sheet(tmp_path / "forms" / "review.zh.csv")
    assert [(row["提交情况"], row["评审情况"]) for row in review[:2]] == [("9 行", "1 行未采用"), ("2 行", "全部可用")]
    accounting, supply = (next(row for row in review if row["内容"] == name) for name in ("核算方法与数值", "绿电供应"))
    assert (accounting["评审情况"], accounting["缺失或待澄清"]) == ("有发现 1、未见问题 1", "见 F001，F002")
    assert supply["缺失或待澄清"] not in {"", "–"}  # why the check could not run
    roster = sheet(tmp_path / "forms" / "roster.zh.csv")
    facts = json.loads((report / "report.json").read_text(encoding="utf-8"))["facts"]
    assert len(roster) == len(facts["members"]) + 1
    assert (roster[-1]["主体"], roster[-1]["名录"]) == ("'=cmd", "不在名录")  # no spreadsheet takes it for a formula
    assert "F004" in roster[-1]["登记、户号或计量所示差异"]


def sheet(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_what_is_refused_is_said_in_words(desk: Desk, report: Path, tmp_path: Path) -> None:
    before = (desk.folder / "register.jsonl").read_bytes()
    other = copy.deepcopy(json.loads((report / "report.json").read_text(encoding="utf-8")))
    other["facts"]["park"]["id"] = "another"
    (tmp_path / "report.json").write_bytes(canonical_bytes(other))
    for words in (
        ("declare", "--answer", "1=no"),
        ("declare", "--answer", "1"),
        ("declare", "--none", "--answer", "3=yes"),
        ("step", "3", "--text", "x"),
        ("step", "06", "--text", "x"),
        ("import", tmp_path),
        ("import", tmp_path / "gone"),
        ("close", "F001", "--text", "x"),
        ("answer", "F001", "--correction", "x", "--evidence", tmp_path / "gone"),
    ):
        for lang in ("zh", "en"):
            told = desk.type(*words, lang=lang)
            assert (told.code, told.out) == (2, ""), words
            assert told.err.startswith("✕ ")
    assert desk.type("review", "--text", "x", day="yesterday").code == 2
    assert (desk.folder / "register.jsonl").read_bytes() == before
    questions = desk.done("declare", lang="en")
    assert len(questions.strip().splitlines()) == 1 + len(conduct().bans)
