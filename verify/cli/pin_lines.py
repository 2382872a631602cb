"""What pinning a ruler anew changes, as lines of text: the two digests, the differences, the overrides they may touch."""

from __future__ import annotations

from collections.abc import Iterator

from verify.cli.columns import aligned
from verify.report.visible import visible
from verify.ruler.proof import shown
from verify.ruler.repin import Repinned
from verify.words import Language, say

_WIDEST = 60  # characters of a value that is printed


def pin_lines(found: Repinned, lang: Language) -> Iterator[str]:
    """The whole answer of ``rules pin``."""
    name = found.below.text.title[lang]
    if found.before == found.after:
        yield say("cli.pin_same", lang, ruler=name)
    else:
        pinned = found.before.sha256
        yield say("cli.pin_before", lang, pin=pinned) if pinned else say("cli.pin_unpinned", lang)
        yield say("cli.pin_after", lang, pin=found.after.sha256)
    if found.differences is None and found.before.sha256:
        yield say("cli.pin_not_kept", lang, ruler=name)
    elif found.differences:
        yield ""
        yield say("cli.pin_changed", lang, ruler=name, count=len(found.differences))
        none = say("cli.pin_none", lang)
        rows = [
            ["*" if one.overridden else " ", one.path, _short(one.before, none), "→", _short(one.after, none)]
            for one in found.differences
        ]
        yield from (f"  {line}" for line in aligned(rows))
    overrides = found.ruler.overrides
    yield ""
    yield say("cli.pin_overrides", lang, count=len(overrides))
    none = say("cli.pin_none", lang)
    below, here = found.below.values, found.ruler.values
    rows = [
        [one.path, _short(shown(one.parent, below), none), "→", _short(shown(one.child, here), none), one.child_place]
        for one in overrides
    ]
    yield from (f"  {line}" for line in aligned(rows))


def _short(text: str | None, none: str) -> str:
    if text in (None, "–"):
        return none
    assert text is not None
    return visible(text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…")
