"""Strict YAML: what is refused, where, and what scalars mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.errors import Located
from verify.ruler.marks import load_marked, parse_marked


def test_scalars_stay_as_typed() -> None:
    marked = parse_marked("a: NO\nb: 1_000\nc: 0.20\nd: true\ne: null\nf: 2027-01-01\ng: 'true'\n", "x.yaml")
    assert marked.data == {"a": "NO", "b": "1_000", "c": "0.20", "d": True, "e": None, "f": "2027-01-01", "g": "true"}


def test_every_node_has_its_place() -> None:
    marked = parse_marked("a:\n  b: [1, {c: 2}]\n", "x.yaml")
    assert marked.place(("a", "b", 1, "c")) == (2, 11)
    assert marked.place(("a", "nowhere")) == (1, 1)


@pytest.mark.parametrize(
    ("text", "key", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "ruler.duplicate_key", 3, 1),
        ("a: &x 1\nb: *x\n", "ruler.alias", 1, 4),
        ("a: !!python/object/apply:os.getcwd []\n", "ruler.tag", 1, 4),
        ("a: 1\n---\nb: 2\n", "ruler.two_documents", 2, 1),
        ("a:\n\tb: 1\n", "ruler.yaml_tab", 2, 1),
        ("a: [1, 2\n", "ruler.yaml_bracket", 2, 1),
        ("? [a]\n: 1\n", "ruler.key_not_text", 1, 3),
        ("[" * 60 + "]" * 60, "ruler.too_deep", 1, 42),
    ],
)
def test_refused_with_its_place(text: str, key: str, line: int, column: int) -> None:
    with pytest.raises(Located) as refused:
        parse_marked(text, "x.yaml")
    first = refused.value.problems[0]
    assert (first.file, first.key, first.line, first.column) == ("x.yaml", key, line, column)


def test_an_alias_bomb_is_never_built() -> None:
    text = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(12)
    )
    with pytest.raises(Located):
        parse_marked(text, "bomb.yaml")


def test_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(Located) as refused:
        load_marked(file)
    assert (refused.value.problems[0].key, refused.value.problems[0].line) == ("ruler.not_utf8", 2)
