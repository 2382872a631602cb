"""`verifier.html` opened from a file, a bundle and a root given to it: Chromium, and Firefox where there is one."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterator
from pathlib import Path
from select import select
from typing import Any

import pytest

from tests.browser import chromium, firefox
from tests.mutation.small import OTHER_AUTHORITY
from tests.reader.logged_bundles import HELD, broken, good, sound
from verify.bundle.page import NAME, page
from verify.bundle.zip_write import zip_bytes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        chromium.find() is None, reason="no Chromium on this machine: tests/browser/install.sh installs it"
    ),
]
WIDTHS = (390, 1200)
PATIENCE = 60.0
HEADLINES = {
    "zh": {"verified": "✓", "failed": "✗", "not_checked": "?"},
    "en": {"verified": "✓", "failed": "✗", "not_checked": "?"},
}
STATE = "(document.querySelector('.verdict[data-state]') || {dataset: {}}).dataset.state || ''"
# a message without words, or a value that is not one
LEFT = re.compile(r"undefined|\[object|\b(?:attest|bundle|page)\.[a-z]|\blog\.(?!example)[a-z]")
OUTSIDE = (
    "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1).length"
)
# name: the bundle, the root that the reader holds, the state, the checks that say so
CASES: dict[str, tuple[dict[str, bytes], bytes | None, str, list[str]]] = {
    "good": (good(), HELD.file, "verified", []),
    "others of the place": (sound()["others of the place"], HELD.file, "verified", []),
    "altered member": ({**good(), "index.html": b"<h1>PASS</h1>"}, HELD.file, "failed", ["members"]),
    "entry altered": (broken()["entry altered"], HELD.file, "failed", ["log"]),
    "checkpoint rolled back": (broken()["checkpoint rolled back"], HELD.file, "failed", ["log"]),
    "witness missing": (broken()["witness missing"], HELD.file, "failed", ["log_witnesses"]),
    "an engagement of the place never ended": (
        *(broken()["an engagement of the place never ended"], HELD.file, "failed", ["log_rules"]),
    ),
    "unknown root": (good(), OTHER_AUTHORITY.members()["trust/root.1.dsse.json"], "failed", ["root"]),
    "no root": (good(), None, "not_checked", ["root"]),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page, the bundles and the roots."""
    found = tmp_path_factory.mktemp("reader")
    (found / NAME).write_bytes(page())
    for name, (members, root, _, _) in CASES.items():
        (found / f"{name}.zip").write_bytes(zip_bytes(members))
        if root is not None:
            (found / f"{name}.json").write_bytes(root)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Browser]:
    program = chromium.find()
    assert program is not None
    with chromium.running(program) as running:
        yield running


def give(shown: chromium.Page, selector: str, path: Path) -> None:
    """Choose a file in an input."""
    document = shown.call("DOM.getDocument")["root"]["nodeId"]
    node = shown.call("DOM.querySelector", nodeId=document, selector=selector)["nodeId"]
    shown.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])


def waited(shown: Any, wanted: str = STATE) -> str:
    """The first value of the expression that is not empty."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = shown.evaluate(wanted)
        if found:
            return str(found)
        select([], [], [], 0.05)
    raise TimeoutError(wanted)


def opened(browser: chromium.Browser, place: Path, name: str, width: int = 1200) -> chromium.Page:
    """The page with the bundle and the root of a case: the root first, for each new file is judged at once."""
    shown = browser.page()
    shown.open(place / NAME, width)
    if (place / f"{name}.json").exists():
        give(shown, "#pick-root", place / f"{name}.json")
        waited(shown, "document.querySelectorAll('.drop.given').length || ''")
    give(shown, "#pick-bundle", place / f"{name}.zip")
    return shown


def in_language(shown: chromium.Page, lang: str) -> None:
    """Switch the page's language where it is another."""
    if not str(shown.evaluate("document.documentElement.lang")).startswith(lang):
        shown.evaluate("document.getElementById('language').click()")


@pytest.mark.parametrize("name", CASES)
def test_chromium_says_so_in_both_languages_at_both_widths(name: str, place: Path, browser: chromium.Browser) -> None:
    shown = opened(browser, place, name)
    _, _, state, checks = CASES[name]
    assert waited(shown) == state
    for check in checks:
        row = f"[...document.querySelectorAll('[data-check=\"{check}\"]')].map(one => one.dataset.state).join()"
        assert shown.evaluate(row) == state
    for width in WIDTHS:
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        shown.call("Emulation.setDeviceMetricsOverride", **metrics)
        for lang, signs in HEADLINES.items():
            in_language(shown, lang)
            text = str(shown.evaluate("document.querySelector('.verdict').innerText"))
            assert text.startswith(signs[state])
            assert ("核验" in text) is (lang == "zh")
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
            assert shown.evaluate(OUTSIDE) == 0
            whole = str(shown.evaluate("document.body.innerText"))
            assert not LEFT.search(whole)
    assert shown.messages == []
    assert [one for one in shown.requests if not one.startswith("blob:")] == [(place / NAME).as_uri()]


def test_what_else_the_log_holds_of_the_place_stands_on_the_first_screen(
    place: Path, browser: chromium.Browser
) -> None:
    shown = opened(browser, place, "others of the place", 390)
    assert waited(shown) == "verified"
    in_language(shown, "en")
    told = str(shown.evaluate("document.querySelector('.first').innerText"))
    assert "body-2 #1" in told
    assert "adverse" in told
    order = "[...document.querySelectorAll('#result > *')].map(one => one.className).join()"
    assert str(shown.evaluate(order)).startswith("verdict verified,first")


def test_a_bundle_that_is_dropped_is_judged(place: Path, browser: chromium.Browser) -> None:
    shown = browser.page()
    shown.open(place / NAME, 1200)
    for number, file in enumerate(("good.json", "good.zip")):
        data = base64.b64encode((place / file).read_bytes()).decode("ascii")
        shown.evaluate(
            f"""(() => {{ const held = new DataTransfer();
            held.items.add(new File([Uint8Array.from(atob("{data}"), one => one.charCodeAt(0))], "{file}"));
            document.querySelectorAll('.drop')[{1 - number}].dispatchEvent(new DragEvent('drop', {{ dataTransfer: held, bubbles: true }})); }})()"""
        )
        waited(shown, f"document.querySelectorAll('.drop.given').length > {number} ? 'yes' : ''")
    assert waited(shown) == "verified"


@pytest.mark.skipif(
    firefox.find() is None, reason="no Firefox on this machine: tests/browser/install.sh tries to install it"
)
@pytest.mark.accept
def test_firefox_says_the_same(place: Path) -> None:
    program = firefox.find()
    assert program is not None
    with firefox.running(program) as shown:
        for name, (_, _, state, checks) in CASES.items():
            shown.open(place / NAME)
            if (place / f"{name}.json").exists():
                shown.give("#pick-root", place / f"{name}.json")
                waited(shown, "document.querySelectorAll('.drop.given').length || ''")
            shown.give("#pick-bundle", place / f"{name}.zip")
            assert (name, waited(shown)) == (name, state)
            for check in checks:
                assert shown.evaluate(f"document.querySelector('[data-check=\"{check}\"]').dataset.state") == state
