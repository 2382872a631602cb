"""Words for people: complete in both languages, same placeholders, and every key that the code uses exists."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest

from tests.code_health.tree import catalogues, nothing, project_texts, python_trees

LANGUAGES = {"zh", "en"}
# `area.name` with one of these names is a file, not a message.
FILE_SUFFIXES = {
    "csv",
    "html",
    "j2",
    "json",
    "md",
    "parquet",
    "py",
    "sarif",
    "svg",
    "txt",
    "xlsx",
    "xml",
    "yaml",
    "zip",
}


def placeholders(text: str) -> set[str]:
    """Names that `str.format` will look up. Raises ValueError for a text it cannot read."""
    return {re.split(r"[.\[]", field)[0] for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def faults(areas: dict[str, dict[str, dict[str, str]]]) -> list[str]:
    """What is wrong with the catalogues, one line each."""
    found = []
    for area, messages in areas.items():
        for name, words in messages.items():
            key = f"{area}.{name}"
            if not isinstance(words, dict) or set(words) != LANGUAGES:
                found.append(f"{key}: not exactly zh and en")
            elif not all(isinstance(text, str) and text for text in words.values()):
                found.append(f"{key}: empty")
            elif "" in placeholders(words["zh"]) | placeholders(words["en"]):
                found.append(f"{key}: a placeholder without a name")
            elif placeholders(words["zh"]) != placeholders(words["en"]):
                found.append(f"{key}: other placeholders in zh than in en")
    return found


def looks_like_a_key(text: str, area: str) -> bool:
    """Is the text `area.name`, and no file name? `area` is a pattern."""
    return bool(re.fullmatch(area + "[a-z][a-z0-9_.]*", text)) and text.rpartition(".")[2] not in FILE_SUFFIXES


def keys_in(tree: ast.Module, areas: set[str]) -> Iterator[tuple[int, str]]:
    """Line and text of every string of the code that is shaped like a message key of a known area.

    An f-string gives its constant beginning with a star behind it: ``cli.help_*``.
    """
    if not areas:
        return
    area = rf"(?:{'|'.join(sorted(map(re.escape, areas)))})\."
    inside_fstring = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            if isinstance(first, ast.Constant) and re.match(area, str(first.value)):
                yield node.lineno, f"{first.value}*"
        elif (
            isinstance(node, ast.Constant)
            and id(node) not in inside_fstring
            and looks_like_a_key(str(node.value), area)
        ):
            yield node.lineno, str(node.value)


def keys_of_calls(tree: ast.Module, speakers: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Line and key of every call that names its message: `say`, an error of the tree, `Problem`.

    `speakers` maps what is called to what it puts in front of the key.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        position = 4 if called == "Problem" else 0
        if called in speakers and len(node.args) > position:
            argument = node.args[position]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield node.lineno, speakers[called] + argument.value


def prefix_of(error: ast.ClassDef) -> str:
    """What an error class puts in front of its keys: ``super().__init__(f"formula.{key}", …)`` gives ``formula.``."""
    for node in ast.walk(error):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__" and node.args:
            first = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else None
            if isinstance(first, ast.Constant):
                return str(first.value)
    return ""


def speakers() -> dict[str, str]:
    """`say`, `Problem` and the classes of verify/ that descend from TrueZeroError, with what each puts in front."""
    classes = [n for tree in python_trees("verify").values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    found = {"say": "", "Problem": "", "TrueZeroError": ""}
    for _ in classes:  # at most one generation a round
        for error in classes:
            parents = {ast.unparse(base).rpartition(".")[2] for base in error.bases}
            if error.name not in found and parents & set(found):
                found[error.name] = prefix_of(error) or next(found[name] for name in parents if name in found)
    return found


def known(key: str, areas: dict[str, dict[str, dict[str, str]]]) -> bool:
    """Does the key exist? With a star behind it: does one that begins so?"""
    area, _, name = key.partition(".")
    names = areas.get(area, {})
    return any(other.startswith(name[:-1]) for other in names) if name.endswith("*") else name in names


def test_catalogues_are_complete_in_both_languages() -> None:
    nothing(faults(catalogues()))


def test_every_key_that_looks_like_one_exists() -> None:
    areas = catalogues()
    missing = [
        f"{name}:{line}: {key}"
        for name, tree in python_trees("verify").items()
        for line, key in keys_in(tree, set(areas))
        if not known(key, areas)
    ]
    nothing(missing)


def test_every_key_of_an_error_or_a_say_exists() -> None:
    called = speakers()
    missing = [
        f"{name}:{line}: {key}"
        for name, tree in python_trees("verify").items()
        for line, key in keys_of_calls(tree, called)
        if not known(key, catalogues())
    ]
    nothing(missing)


def test_no_words_for_people_in_the_code() -> None:
    """Chinese in verify/ stands in docstrings and comments, or is an id of the field (DESIGN 4: 终端消费 …)."""
    ids = {text for name, text in project_texts().items() if name.startswith("rules/")}
    found = []
    for name, tree in python_trees("verify").items():
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                sentence = re.search(r"[\u4e00-\u9fff].*[，。；：]|[\u4e00-\u9fff]{13,}", node.value)
                if sentence and not any(node.value in text for text in ids):
                    found.append(f"{name}:{node.lineno}: {node.value[:60]}")
    nothing(found)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"zh": "有"}, "not exactly zh and en"),
        ({"zh": "有", "en": ""}, "empty"),
        ({"zh": "{rows} 行", "en": "{row} rows"}, "other placeholders"),
        ({"zh": "{} 行", "en": "{} rows"}, "without a name"),
    ],
)
def test_a_planted_fault_of_a_catalogue_is_seen(words: dict[str, str], fault: str) -> None:
    assert [line for line in faults({"cli": {"x": words}}) if fault in line]


def test_a_planted_key_is_seen() -> None:
    tree = ast.parse(
        "say('cli.gone', lang)\nraise WrongUsage('road.gone')\nProblem(f, 1, 1, '', 'ruler.gone')\n"
        "say(f'cli.help_{name}', lang)\nopen('cli.yaml')\nreason = {'key': 'cli.lost'}\nOwn('digits')\n"
    )
    assert list(keys_of_calls(tree, {"say": "", "WrongUsage": "", "Problem": "", "Own": "formula."})) == [
        (1, "cli.gone"),
        (2, "road.gone"),
        (3, "ruler.gone"),
        (7, "formula.digits"),
    ]
    assert sorted(keys_in(tree, {"cli"})) == [(1, "cli.gone"), (4, "cli.help_*"), (6, "cli.lost")]
    areas = {"cli": {"help_check": {"zh": "", "en": ""}}}
    assert known("cli.help_*", areas)
    assert not known("cli.gone", areas)
