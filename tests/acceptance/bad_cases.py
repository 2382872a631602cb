"""Every bad input with what must be said of it, in Chinese and in English: what is wrong, where, what to do.

A case is one command line. `says` are the parts that stand in its output, in both languages where they differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance import bad_files
from tests.unit.submission.handing import PARK

Words = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """`line` makes the files in a folder and gives the words of the command line; `code` is the exit code."""

    name: str
    code: int
    line: Callable[[Path], list[str | Path]]
    zh: tuple[str, ...]
    en: tuple[str, ...]
    both: tuple[str, ...] = ()

    def says(self, language: str) -> tuple[str, ...]:
        """What must stand in the output."""
        return (*self.both, *(self.zh if language == "zh" else self.en))


def _checked(make: Callable[[Path], Path], *options: str) -> Callable[[Path], list[str | Path]]:
    return lambda at: ["verify", make(at), "-o", at / "out", *options]


def _park(extra: str, whole: str | None = None) -> Callable[[Path], list[str | Path]]:
    return _checked(lambda at: bad_files.park(at, PARK + extra if whole is None else whole))


def _empty(at: Path) -> Path:
    (at / "empty").mkdir()
    return at / "empty"


def _no_park(at: Path) -> Path:
    path = bad_files.park(at)
    (path / "park.yaml").unlink()
    return path


def _no_table(at: Path) -> Path:
    path = _empty(at)
    (path / "park.yaml").write_text(PARK, encoding="utf-8")
    (path / "会议纪要.csv").write_text("议题,结论\n零碳,通过\n", encoding="utf-8")
    return path


def _letter(at: Path) -> Path:
    (at / "letter.pdf").write_bytes(b"%PDF-1.7\n")
    return at / "letter.pdf"


def _park_in_gbk(at: Path) -> Path:
    path = bad_files.park(at)
    (path / "park.yaml").write_bytes("id: T-1\nprovince: 江苏省\n".encode("gb18030"))
    return path


def _out_file(at: Path) -> list[str | Path]:
    (at / "out").write_bytes(b"mine")
    return ["verify", bad_files.park(at), "-o", at / "out"]


def _out_under_file(at: Path) -> list[str | Path]:
    (at / "mine").write_bytes(b"mine")
    return ["verify", bad_files.park(at), "-o", at / "mine" / "out"]


def _ruler(file: str, old: str, new: str) -> Callable[[Path], list[str | Path]]:
    return lambda at: ["rules", "lint", bad_files.ruler(at, file, old, new)]


_STATUS, _SUM = "status: complete", 'formula: sum(tco2, term="process")'
_status, _sum = bad_files.line_of("ruler.yaml", _STATUS), bad_files.line_of("method.yaml", _SUM)
_column = 1 + next(
    line.index("formula: ") for line in (bad_files.resources.rules() / bad_files.RULER / "method.yaml")
    .read_text(encoding="utf-8").splitlines() if _SUM in line
)  # fmt: skip

PLACES = [
    Case("empty folder", 3, _checked(_empty), ("没有任何文件", "truezero template"), ("is empty", "truezero template")),
    Case("no park.yaml", 3, _checked(_no_park), ("缺少 park.yaml", "truezero template"), ("park.yaml is missing",)),
    Case("no such path", 3, _checked(lambda at: at / "nix"), ("没有", "请核对路径"), ("no file or folder",), ("nix",)),
    Case("no known table", 3, _checked(_no_table), ("没有一张表可以读取", "能源活动.csv"), ("No table can be read",)),
    Case(
        "a letter", 3, _checked(_letter), ("不是一份提交", "工作簿"), ("is no submission", "workbook"), ("letter.pdf",)
    ),
]
PARKS = [
    Case("tab in park.yaml", 2, _park("names:\n\tzh: x\n"), ("制表符", "只用空格"), ("tab", "spaces"), ("park.yaml:6:1:",)),
    Case(
        "unknown keys", 2, _park("base_yaer: 2025\nnames: {zh: x, fr: y}\n"),
        ("没有“base_yaer”", "是否为“base_year”", "没有“fr”"), ("no key base_yaer; did you mean base_year", "no key fr"),
        ("park.yaml:5:1: base_yaer", "park.yaml:6:16: names.fr"),
    ),
    Case("key twice", 2, _park("id: T-2\n"), ("出现了两次",), ("stands twice",), ("park.yaml:5:1: id",)),
    Case(
        "bad values", 2, _park("kind: half\nbase_year_chosen_on: 31/12/2025\n"),
        ("“half”不在可选值之内", "“31/12/2025”不是日期；写成 2027-03-05"), ("“half” is not one of", "is no date"),
        ("park.yaml:5:1: kind", "park.yaml:6:1: base_year_chosen_on"),
    ),
    Case("quote not closed", 2, _park("manager: \"x\n"), ("引号没有配对",), ("quotation mark",), ("park.yaml:",)),
    Case("park.yaml in GBK", 2, _checked(_park_in_gbk), ("不是 UTF-8",), ("not UTF-8",), ("park.yaml:2:11:",)),
    Case(
        "unknown reading", 2, _park("parameters: {losses: perhaps}\n"),
        ("没有“perhaps”这种读法",), ("no reading perhaps",), ("park.yaml:5:14: parameters.losses", "left_out"),
    ),
    Case(
        "unknown open point", 2, _park("parameters: {losess: included}\n"),
        ("没有“losess”这个口径",), ("no open point losess",), ("park.yaml:5:14: parameters.losess",),
    ),
    Case(
        "unknown ruler in park.yaml", 2, _park("ruler: cn-national-2099\n"),
        ("没有标尺",), ("no ruler",), ("park.yaml:5:1: ruler", "cn-national-2099", "cn-national-2025"),
    ),
]  # fmt: skip
OPTIONS = [
    Case("unknown ruler", 2, _checked(bad_files.park, "--ruler", "nix"), ("没有标尺 nix",), ("no ruler nix",), ("cn-national-2025",)),
    Case("year without data", 2, _checked(bad_files.park, "--year", "2031"), ("没有 2031 年的数据",), ("no data of 2031",), ("2027",)),
    Case("no amount of memory", 2, _checked(bad_files.park, "--memory", "much"), ("内存上限“much”",), ("“much” is no amount",), ("2GB",)),
    Case("too little memory", 2, _checked(bad_files.park, "--memory", "1MB"), ("调高上限",), ("Raise it with",), ("--memory 2GB",)),
    Case("out is a file", 2, _out_file, ("它是一个文件", "-o"), ("is a file and no folder", "-o"), ("out",)),
    Case("out under a file", 2, _out_under_file, ("它是一个文件",), ("is a file and no folder",), ("mine",)),
    Case(
        "out is the submission", 2, lambda at: ["verify", bad_files.park(at), "-o", at / "park"],
        ("不能把报告写入提交本身",), ("cannot go into the submission",),
    ),
    Case("unknown option", 2, lambda _: ["check", "x", "--langs", "zh"], ("没有选项 --langs", "--lang"), ("no option --langs",)),
    Case("unknown command", 2, lambda _: ["chekc"], ("没有命令 chekc", "是否为 check"), ("no command chekc", "mean check")),
    Case("nothing to check", 2, lambda _: ["check"], ("缺少“提交”", "truezero check --help"), ("SUBMISSION is missing",)),
    Case("unknown level", 2, lambda _: ["check", "x", "--fail-level", "bad"], ("--fail-level 只能是",), ("--fail-level is one of",), ("warning",)),
    Case("unknown code", 2, lambda _: ["explain", "TZ-NOPE-99"], ("没有代码 TZ-NOPE-99",), ("no code TZ-NOPE-99",), ("truezero findings",)),
    Case("unknown figure", 2, lambda at: ["explain", "total.nix", bad_files.park(at)], ("没有“total.nix”这个数",), ("no figure total.nix",), ("total.tco2",)),
]  # fmt: skip
FILES = [
    Case("zip bomb named .xlsx", 3, _checked(bad_files.bomb), ("展开后过大", "CSV"), ("zip bomb", "CSV"), ("bomb.xlsx", "xl/worksheets/sheet1.xml")),
    Case("truncated workbook", 3, _checked(bad_files.cut_workbook), ("不完整", "重新"), ("incomplete", "again"), ("cut.xlsx",)),
    Case("encrypted workbook", 3, _checked(bad_files.encrypted_workbook), ("打开密码", "取消密码"), ("password",), ("locked.xlsx",)),
    Case("zip that climbs", 3, _checked(bad_files.climbing_zip), ("不允许", "重新打包"), ("refused", "Pack it again"), ("../park.yaml",)),
    Case("zip with twins", 3, _checked(bad_files.twin_zip), ("两个同名文件",), ("two files named",), ("twins.zip",)),
]  # fmt: skip
RULERS = [
    Case(
        "unknown key", 2, _ruler("ruler.yaml", _STATUS, f"{_STATUS}\nstatuz: complete"),
        ("没有“statuz”这个键", "标尺没有载入"), ("no key statuz", "ruler did not load"),
        (f"my-ruler/ruler.yaml:{_status + 1}:1: statuz",),
    ),
    Case(
        "key twice", 2, _ruler("ruler.yaml", _STATUS, f"{_STATUS}\nstatus: partial"),
        ("出现了两次",), ("stands twice",), (f"my-ruler/ruler.yaml:{_status + 1}:1: status",),
    ),
    Case(
        "forbidden call", 2, _ruler("method.yaml", _SUM, "formula: __import__('os').getcwd()"),
        ("“__import__”", "下划线"), ('"__import__"', "underscore"), (f"my-ruler/method.yaml:{_sum}:{_column}: ",),
    ),
    Case(
        "call of a file", 2, _ruler("method.yaml", _SUM, "formula: open('x')"),
        ("open",), ("open",), (f"my-ruler/method.yaml:{_sum}:{_column}: ",),
    ),
]  # fmt: skip
REFUSED = [*PLACES, *PARKS, *OPTIONS, *FILES, *RULERS]
