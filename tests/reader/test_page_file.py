"""verifier.html is one file, the same each time; its policy admits its own script and style and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from verify.bundle.page import page
from verify.bundle.page_script import joined
from verify.errors import OurFault

TEXT = page().decode("utf-8")


def held(tag: str) -> str:
    (found,) = re.findall(rf"<{tag}>(.*?)</{tag}>", TEXT, re.DOTALL)
    return str(found)


def test_the_same_bytes_again() -> None:
    assert page() == TEXT.encode("utf-8")


def test_the_policy_names_the_one_script_and_the_one_style() -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', TEXT)
    rules = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for tag, name in (("script", "script-src"), ("style", "style-src")):
        sha = base64.b64encode(hashlib.sha256(held(tag).encode("utf-8")).digest()).decode("ascii")
        assert rules[name] == f"'sha256-{sha}'"


@pytest.mark.parametrize(
    "word",
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "XMLHttpRequest",
     "WebSocket", "import(", "localStorage", "setTimeout("],
)  # fmt: skip
def test_the_script_has_no_way_to_markup_programs_or_the_network(word: str) -> None:
    assert word not in held("script")


def test_a_module_in_another_form_is_our_fault() -> None:
    for source in ('import x from "./y.mjs";\n', "export default 1;\n", 'import { a } from "./no.mjs";\n'):
        with pytest.raises(OurFault):
            joined({"app": source}, "app")
    with pytest.raises(OurFault):
        joined({"a": 'import { x } from "./b.mjs";\n', "b": 'import { y } from "./a.mjs";\n'}, "a")
