"""The verdict on a bundle for a person: the answer first, what was signed and by whom, every check, what it does not prove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import click

from verify.attest.outcome import Check, State
from verify.bundle.committed import OpenedLine
from verify.bundle.signers import Signer
from verify.bundle.verdict import Verdict
from verify.cli.columns import WIDEST, aligned, padded, width, wrapped
from verify.cli.verdict_content import Content
from verify.cli.verdict_words import moment, reason, reason_of, role, title
from verify.report.visible import visible
from verify.words import Language, say

_SIGNS: Mapping[State, tuple[str, str]] = {
    "verified": ("✓", "green"),
    "failed": ("✕", "red"),
    "not_checked": ("–", "yellow"),
}
_GROUPS: Mapping[str, frozenset[str]] = {
    "container": frozenset({"container", "members", "canonical", "copies"}),
    "log": frozenset({"log", "log_checkpoint", "log_witnesses", "log_verdict", "log_rules"}),
    "report": frozenset({"report", "ruler", "stated", "pages", "metadata"}),
    "figures": frozenset({"tables", "recompute", "commitments", "opening"}),
}
_ORDER = ("container", "signatures", "log", "report", "figures")
_FAULTS = 10  # of one check that are printed
_LIMITS = ("meters", "review", "engagement", "hidden", "page")
_OPENED = 40  # rows of an opening that are printed; --json has them all
_HEX = 16  # of a key that has no name


def lines(verdict: Verdict, language: Language) -> Iterator[str]:
    """The whole answer."""
    content = Content(verdict, language)
    yield ""
    yield from _headline(verdict, language)
    yield ""
    if verdict.first:
        yield _head("first", language)
        for note in verdict.first:
            yield from _item(reason(note.key, note.arguments, language))
        yield ""
    yield from content.lines()
    if verdict.signers:
        yield from _signers(verdict, language)
    for name in _ORDER:
        yield from _group(name, verdict, content, language)
    yield from content.figures()
    if verdict.opened:
        yield _head("opened", language)
        yield from aligned([["  " + one.value, one.unit, one.period, _what(one)] for one in verdict.opened[:_OPENED]])
        if len(verdict.opened) > _OPENED:
            yield from _item(say("bundle.more_opened", language, count=len(verdict.opened) - _OPENED))
        yield ""
    if verdict.notes:
        yield _head("notes", language)
        for note in verdict.notes:
            yield from _item(reason(note.key, note.arguments, language))
        yield ""
    yield _head("proves_not", language)
    for name in _LIMITS:
        yield from _item(say(f"bundle.proves_not_{name}", language))
    if verdict.digests:
        yield ""
        yield _head("digests_of", language)
        rows = [[f"  {say(f'bundle.digest.{name}', language)}", value] for name, value in verdict.digests.items()]
        yield from aligned(rows)


def _headline(verdict: Verdict, language: Language) -> Iterator[str]:
    sign, colour = _SIGNS[verdict.state]
    yield click.style(f"{sign} {say(f'bundle.headline.{verdict.state}', language)}", fg=colour, bold=True)
    wrong = [one for one in verdict.checks if one.state == "failed"]
    missing = [one for one in verdict.checks if one.required and one.state == "not_checked"]
    names = list(dict.fromkeys(one.name for one in (wrong or missing)))
    key = "failed_one" if wrong and len(names) == 1 else verdict.state
    first = title(names[0], language) if names else ""
    yield from wrapped(say(f"bundle.{key}", language, count=len(names), first=first), WIDEST - 4, "  ")
    if verdict.state == "verified":
        yield from wrapped(_recomputed(verdict, language), WIDEST - 4, "  ")
        yield from wrapped(say("bundle.verified_means", language), WIDEST - 4, "  ")
    for one in wrong[:1] or [one for one in missing if one.name == "root"]:
        yield from _item(reason_of(one, language))


def _recomputed(verdict: Verdict, language: Language) -> str:
    figures = {(one.item, one.kind) for one in verdict.recomputed}
    left = figures - {(one.item, one.kind) for one in verdict.recomputed if one.state == "verified"}
    counts = {"count": len(figures), "again": len(figures) - len(left), "left": len(left)}
    return say(f"bundle.figures_{'some' if left else 'all'}", language, **counts)


def _signers(verdict: Verdict, language: Language) -> Iterator[str]:
    yield _head("signed_by", language)
    rows = []
    for one in verdict.signers:
        who = _who(one, language)
        if not one.holds:
            who = say("bundle.signer_claimed", language, who=who)
        time = "" if one.at is None else moment(one.at)
        if time and one.clock:
            time = say("bundle.signed_at", language, at=time, clock=visible(one.clock))
        rows.append([f"  {role(one.name, language)}", who, time])
    yield from aligned(rows)
    trusted = verdict.trusted
    if trusted is not None and all(one.holds for one in verdict.signers if one.role in {"lead", "reviewer"}):
        bodies = sorted({visible(one.body) for one in verdict.signers if one.body})
        text = say("bundle.admitted", language, bodies="、".join(bodies), version=str(trusted.root.version))
        yield from wrapped(text, WIDEST, "  ")
    yield ""


def _who(one: Signer, language: Language) -> str:
    if not one.person:
        return say("bundle.signer_unknown", language, key=f"{one.spki_sha256[:_HEX]}…")
    if not one.organisation:
        return visible(one.person)
    return say("bundle.named", language, name=visible(one.person), more=visible(one.organisation))


def _what(one: OpenedLine) -> str:
    return visible(" ".join(one.texts[name] for name in ("item", "row_id") if name in one.texts))


def _group(name: str, verdict: Verdict, content: Content, language: Language) -> Iterator[str]:
    own = [one for one in verdict.checks if _group_of(one) == name]
    if not own:
        return
    yield _head(f"group.{name}", language)
    for _, found in groupby(own, key=lambda one: one.name):
        same = list(found)
        for one in same[:_FAULTS]:
            yield from _line(one, content, language)
        if len(same) > _FAULTS:
            yield from _item(say("bundle.more_faults", language, count=len(same) - _FAULTS))
    yield ""


def _group_of(one: Check) -> str:
    base = one.name.partition(".")[0]
    return next((group for group, names in _GROUPS.items() if base in names), "signatures")


def _line(one: Check, content: Content, language: Language) -> Iterator[str]:
    """Sign and word, what was checked, and behind it why not, or what to know."""
    sign, colour = _SIGNS[one.state]
    words = [say(f"attest.state.{state}", language) for state in _SIGNS]
    state = padded(say(f"attest.state.{one.state}", language), max(map(width, words)))
    head = f"  {click.style(sign, fg=colour, bold=True)} {state}  "
    told = list(wrapped(_said(one, language, reason_of(one, language, content.name)), WIDEST - width(head)))
    yield head + told[0]
    yield from (" " * width(head) + more for more in told[1:])


def _said(one: Check, language: Language, why: str) -> str:
    word = title(one.name, language)
    return say("bundle.with_reason", language, check=word, reason=why) if why else word


def _head(key: str, language: Language) -> str:
    return click.style(say(f"bundle.{key}", language), bold=True)


def _item(text: str) -> Iterator[str]:
    first, *rest = wrapped(text, WIDEST - 4)
    yield f"  · {first}"
    yield from (f"    {line}" for line in rest)
