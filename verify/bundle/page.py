"""``verifier.html``: the reader's page in one file, without a clock or a network; the same bytes on every machine (V1, V2, V9).

The policy in its head admits the one script and the one style sheet of the page by their digests, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib

from verify import resources
from verify.bundle.page_data import data_module
from verify.bundle.page_script import joined

NAME = "verifier.html"
_FILE = "page"  # page.html and its style
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)


def page() -> bytes:
    """The page."""
    folder = resources.templates() / "verifier"
    script = script_of("app")
    style = (folder / f"{_FILE}.css").read_text(encoding="utf-8").strip()
    shell = (folder / f"{_FILE}.html").read_text(encoding="utf-8")
    policy = _POLICY.format(script=_source(script), style=_source(style))
    for mark, text in (("@policy@", policy), ("@style@", style), ("@script@", script)):
        before, after = shell.split(mark)
        shell = before + text + after
    return shell.encode("utf-8")


def script_of(entry: str) -> str:
    """The script that runs one module: ``app`` is the page; ``core`` gives its parts to a program without a page."""
    modules = modules_of()
    return joined(modules, entry).replace("</", "<\\/")


def modules_of() -> dict[str, str]:
    """The modules by name, with the one that is made here."""
    folder = resources.templates() / "verifier" / "js"
    held = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.mjs"))}
    return held | {"data": data_module(held.values())}


def _source(text: str) -> str:
    """A script or a style sheet as a policy names it (CSP level 3, hash-source)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
