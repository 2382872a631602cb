"""Open points: what the text leaves open, each reading, which one the headline takes and which one is conservative."""

from __future__ import annotations

from collections.abc import Iterator

from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.ruler.model import Parameter, Reading

_EXTREMES = {"higher", "lower"}


def points(speaker: Speaker) -> Iterator[tuple[str, list[Sentence]]]:
    """One article for each open point."""
    for name, point in speaker.ruler.text.parameters.items():
        yield point.title[speaker.language], list(_point(speaker, name, point))


def _point(speaker: Speaker, name: str, point: Parameter) -> Iterator[Sentence]:
    at, t = ("parameters", name), speaker.t
    yield from speaker.said(point.open, at, point.cite, name=name)
    for reading in point.readings:
        yield _reading(speaker, name, point, reading)
    titles = {one.id: one.title for one in point.readings}
    used = t("used", reading=speaker.title(titles[point.default]))
    yield speaker.say(used, (*at, "default"), point.cite, speaker.practice("5"))
    if not point.decides:
        yield speaker.say(t("does_not_decide"), (*at, "decides"), point.cite, speaker.practice("5"))
    elif len(point.readings) > 1:
        key = f"conservative.{point.conservative}" if point.conservative in _EXTREMES else "conservative"
        shown = titles.get(point.conservative)
        words = t(key, **({"reading": speaker.title(shown)} if key == "conservative" and shown is not None else {}))
        yield speaker.say(words, (*at, "conservative"), point.cite, speaker.practice("5"))


def _reading(speaker: Speaker, name: str, point: Parameter, reading: Reading) -> Sentence:
    words = speaker.title(reading.title)
    cite = reading.cite or point.cite
    number = speaker.number(reading.value, point.unit) if reading.value else ""
    extra = None
    if reading.same_as:
        number, extra = speaker.printed(reading.same_as), speaker.cite_of(reading.same_as)
    if number:
        words = speaker.t("named_number", title=words, number=number)
    if reading.confidence == "unconfirmed" and not number and reading.cite is None:  # a way to read the text itself
        text = speaker.t("reading_open", reading=words)
    else:
        text = speaker.t("reading", reading=words, confidence=speaker.t(f"confidence.{reading.confidence}"))
    return speaker.say(text, ("parameters", name, "readings", reading.id), cite, extra, name=reading.id)
