"""Which encoding a text file has, and when its bytes decode and still cannot be trusted."""

from __future__ import annotations

import pytest

from tests.code_health.tree import project_texts
from verify.submission.readers.encodings import encoding_of, objection
from verify.submission.readers.entries import Entry

ROWS = "enterprise_id,name\nA,甲化工厂\nB,乙热电厂\nC,丙厂\n"


def entry(content: bytes) -> Entry:
    return Entry("a.csv", lambda: iter([content[:7], content[7:]]))


def kind(content: bytes) -> tuple[str, int]:
    """The objection and its line."""
    found = objection(entry(content), encoding_of(entry(content)))
    return ("", 0) if found is None else (found.kind, found.line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_whole_files_of_one_encoding_are_trusted(encoding: str) -> None:
    assert kind(ROWS.encode(encoding)) == ("", 0)


def test_two_encodings_in_one_file_are_seen_with_the_line() -> None:
    first, second, third, fourth = ROWS.splitlines(keepends=True)
    for lines, line in (
        ([first.encode(), second.encode(), third.encode(), fourth.encode("gb18030")], 2),
        ([first.encode(), second.encode("gb18030"), third.encode(), fourth.encode("gb18030")], 3),
    ):
        assert kind(b"".join(lines)) == ("mixed_encodings", line)


def test_the_edge_of_a_piece_hides_nothing() -> None:
    whole = ROWS.encode() + "D,丁厂\n".encode("gb18030")
    for cut in range(len(whole)):
        one = Entry("a.csv", lambda cut=cut: iter([whole[:cut], whole[cut:]]))  # type: ignore[misc]
        found = objection(one, "gb18030")
        assert found is not None
        assert (found.kind, found.line) == ("mixed_encodings", 2)


def test_no_text_of_this_project_in_gb18030_is_taken_for_mixed() -> None:
    texts = [text for name, text in project_texts().items() if name.endswith((".yaml", ".md", ".csv"))]
    assert sum(map(len, texts)) > 1_000_000
    for text in texts:
        content = text.encode("gb18030", errors="ignore")
        assert objection(Entry("a.csv", lambda content=content: iter([content])), "gb18030") is None  # type: ignore[misc]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_text_of_two_bytes_without_its_mark(encoding: str) -> None:
    assert kind(ROWS.encode(encoding)) == ("zero_bytes", 0)


def test_one_zero_byte_is_a_fault_of_its_cell() -> None:
    assert kind(ROWS.encode().replace("甲".encode(), b"\0")) == ("", 0)


def test_bytes_of_no_encoding() -> None:
    assert kind(b"enterprise_id\n\xff\xff\xff\n") == ("not_utf8", 0)
