"""Words in a sentence as a reader sees them."""

from __future__ import annotations

import pytest

import tests.unit.checks.world  # noqa: F401  lets verify.checks be imported
from verify.checks.wording import fold


@pytest.mark.parametrize(
    ("text", "word", "seen"),
    [
        ("本园区已实现零碳", "零碳", "零碳"),
        ("已实现 １００％绿电", "100%绿电", "１００％绿电"),  # full width
        ("A  Net  Zero park", "net zero", "Net  Zero"),  # case and spacing
        ("已实现零 碳", "零碳", "零 碳"),  # a blank inside the word
        ("已实现零\u200b碳", "零碳", "零\u200b碳"),  # one that nobody sees
        ("已 100 % 绿电", "100 % 绿电", "100 % 绿电"),
        ("our planet zeroed", "net zero", ""),  # inside other words
        ("an offsetting scheme", "offset", ""),
        ("we offset it", "offset", "offset"),
        ("尚未实现零碳", "零碳", ""),  # denied
        ("碳排放尚未核查，零碳园区", "零碳", "零碳"),  # the denial is of another clause
        ("尚未完成的工作很多很多零碳", "零碳", "零碳"),  # too far away
        ("no offset was used", "offset", ""),
        ("Reno offset it", "offset", "offset"),  # 'no' inside a word denies nothing
        ("尚未零碳，但明年零碳", "零碳", "零碳"),  # the second one counts
        ("", "零碳", ""),
    ],
)
def test_first(text: str, word: str, seen: str) -> None:
    assert fold(text).first([word], ["尚未", "no", "not"], 6) == seen


def test_the_longest_word_at_the_first_place() -> None:
    assert fold("我们是国家级零碳园区").first(["国家级", "国家级零碳园区", "零碳"], [], 6) == "国家级零碳园区"


def test_blotted_phrases_say_nothing() -> None:
    sentence = fold("已纳入国家级零碳园区建设名单")
    assert sentence.first(["国家级零碳园区"], [], 6) == "国家级零碳园区"
    assert sentence.without(["国家级零碳园区建设名单", ""]).first(["国家级零碳园区", "零碳"], [], 6) == ""
