"""What no file may hold: two subjects, a machine's path, a package index, unfinished places."""

from __future__ import annotations

import re

import pytest

from tests.code_health.tree import nothing, project_texts

LONGEST = 400  # lines of a file in verify/
# Written so that no pattern matches its own text: [e] is e.
MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:work|root|home)/|[A-Za-z]:\\+Users[\\]")
PACKAGE_INDEX = re.compile(
    r"^\s*--?(?:extra-)?(?:index-url|find-links|trusted-host)\b"
    r"|(?:index|find|extra)[-_](?:url|links)\s*="
    r'|registr[y] = \{|"resolve[d]":|/simpl[e]/'
    r"|pypi[.]|pythonhosted[.]|mirrors?[.](?:tuna|aliyun|ustc)",
    re.MULTILINE | re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b|raise NotImplementedErro[r]")


def hits(pattern: re.Pattern[str], texts: dict[str, str]) -> list[str]:
    """``file:line: text`` for every match."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts.items()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_of_verify_is_long() -> None:
    lines = {name: text.count("\n") for name, text in project_texts().items() if name.startswith("verify/")}
    nothing(f"{name}: {count} lines" for name, count in lines.items() if count > LONGEST)


def test_no_path_of_a_machine() -> None:
    nothing(hits(MACHINE_PATH, project_texts()))


def test_no_package_index() -> None:
    nothing(hits(PACKAGE_INDEX, project_texts()))


def test_nothing_unfinished() -> None:
    nothing(hits(UNFINISHED, project_texts()))


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE_PATH, "DATA = '" + "/ro" + "ot/data'"),
        (MACHINE_PATH, "see file://" + "/ho" + "me/me/park"),
        (PACKAGE_INDEX, "--extra-" + "index-url https://example.org"),
        (PACKAGE_INDEX, "https://py" + "pi.org/project"),
        (UNFINISHED, "# TO" + "DO: later"),
        (UNFINISHED, "raise NotImplemented" + "Error"),
    ],
)
def test_the_scan_sees_a_planted_line(pattern: re.Pattern[str], line: str) -> None:
    assert hits(pattern, {"planted": f"fine\n{line}\n"}) == [f"planted:2: {line}"]


def test_the_scan_lets_an_address_with_such_a_word_pass() -> None:
    assert hits(MACHINE_PATH, {"page": "https://example.org/home/news and ../root/x"}) == []


def twins(names: list[str], packages: set[str]) -> list[str]:
    """Test files of one name in folders that are no packages: pytest would take one for the other."""
    seen: dict[str, str] = {}
    found = []
    for name in names:
        folder, _, base = name.rpartition("/")
        if folder not in packages and seen.setdefault(base, name) != name:
            found.append(f"{name}: named like {seen[base]}")
    return found


def test_no_two_test_files_share_a_name() -> None:
    names = [
        name for name in project_texts() if name.startswith("tests/") and name.rpartition("/")[2].startswith("test_")
    ]
    packages = {name.rpartition("/")[0] for name in project_texts() if name.endswith("/__init__.py")}
    nothing(twins(names, packages))
    assert twins(["tests/a/test_x.py", "tests/b/test_x.py"], set())
