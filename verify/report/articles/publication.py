"""What is published, withheld or rounded, and the signatures that a jurisdiction asks for beside the two."""

from __future__ import annotations

from collections.abc import Iterator

from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.report.withheld import path_words

Titled = tuple[str, list[Sentence]]


def publication(speaker: Speaker) -> Iterator[Titled]:
    """Disclosure, small groups, signatures."""
    rule, t = speaker.ruler.text.disclosure, speaker.t
    lists = {
        "public": rule.public, "subtotals": rule.subtotals, "committed": rule.committed, "withheld": rule.withheld,
    }  # fmt: skip
    sentences = [
        speaker.say(t(f"made_public.{key}", parts=_parts(speaker, paths)), ("disclosure", key), rule.cite)
        for key, paths in lists.items()
        if paths
    ]
    for path, places in rule.rounded.items():
        text = t("made_public.rounded", part=path_words(path, speaker.language), places=places)
        sentences.append(speaker.say(text, ("disclosure", "rounded", path), rule.cite))
    small = rule.small_groups
    for key in ("fewest", "largest_share", "most_withheld"):
        identifier = str(getattr(small, key))
        text = t(f"small.{key}", number=speaker.printed(identifier))
        cites = (small.cite, speaker.cite_of(identifier))
        sentences.append(speaker.say(text, ("disclosure", "small_groups", key), *cites))
    yield t("title.disclosure"), sentences
    yield t("title.attestation"), list(_signatures(speaker))


def _signatures(speaker: Speaker) -> Iterator[Sentence]:
    yield speaker.say(speaker.t("two_signatures"), ("attestation",), speaker.practice("8"), aspect="two")
    asked = speaker.ruler.text.attestation
    if asked is not None:
        algorithms = speaker.all_of(one.upper() for one in asked.further)
        text = speaker.t("further_signatures", algorithms=algorithms)
        yield speaker.say(text, ("attestation", "further"), asked.cite, speaker.practice("8"))


def _parts(speaker: Speaker, paths: list[str]) -> str:
    return speaker.all_of(path_words(path, speaker.language) for path in paths)
