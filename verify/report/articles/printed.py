"""The numbers of the law: value, unit, source, kind and confidence; those that found a result apart from those that do not."""

from __future__ import annotations

from collections.abc import Iterator

from verify.report import vocabulary
from verify.report.articles.clauses import Source
from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker, ends
from verify.ruler.founding import founding_values
from verify.ruler.lint.reach import reached
from verify.ruler.values import Entry, Value, unit_scale

Titled = tuple[str, list[Sentence]]


def printed(speaker: Speaker) -> Iterator[Titled]:
    """Values by the use that is made of them: figures and limits, checks and practice, recognition of filed numbers."""
    ruler = speaker.ruler
    carriers = vocabulary.ids_of("carrier")
    names: dict[str, list[str]] = {}
    for name in sorted(ruler.values):
        names.setdefault(ruler.values[name].id, []).append(name)
    founding, looked_at = founding_values(ruler, carriers), reached(ruler, carriers)
    groups: dict[str, list[Sentence]] = {"founding": [], "checked": [], "others": []}
    for called in names.values():
        value = ruler.values[called[0]]
        key = "founding" if value.id in founding else "checked" if value.id in looked_at else "others"
        groups[key] += _value(speaker, value, called)
    for key, sentences in groups.items():
        if sentences:
            yield speaker.t(f"title.values.{key}"), sentences


def _value(speaker: Speaker, value: Value, names: list[str]) -> Iterator[Sentence]:
    at, shown = ("values", value.id), ", ".join(dict.fromkeys([value.id, *names]))
    untitled = value.title[speaker.language] == value.id
    title = speaker.t("own_value") if untitled else speaker.title(value.title)
    kind = speaker.t(f"value_kind.{value.kind}")
    for index, entry in enumerate(value.entries):
        key = "value_dated" if entry.since or entry.until else "value"
        yield _entry(
            speaker, key, value, entry, at, shown, title=title, kind=kind, aspect=f"{entry.since}{index or ''}"
        )
    for entry in value.candidates:
        yield _entry(
            speaker, "value_candidate", value, entry, at, shown, title=title, kind=kind, aspect=f"candidate {entry.id}"
        )
    cites: list[Source] = [*(entry.cite for entry in (*value.entries, *value.candidates)), value.cite]
    span = ends(value, unit_scale(value.unit))
    if span is not None:
        text = speaker.t("value_range", title=title, low=span[0], high=speaker.number(span[1], value.unit))
        yield speaker.say(text, at, cites[0], aspect="range", name=shown)
    elif not value.entries and not value.candidates:
        yield speaker.say(speaker.t("value_none", title=title), at, cites[0], aspect="none", name=shown)


def _entry(
    speaker: Speaker,
    key: str,
    value: Value,
    entry: Entry,
    at: tuple[str, ...],
    shown: str,
    *,
    title: str,
    kind: str,
    aspect: str,
) -> Sentence:
    window = _window(speaker, entry)
    text = speaker.t(
        key, title=title, number=speaker.number(entry.printed, value.unit), kind=kind, window=window,
        confidence=speaker.t(f"confidence.{entry.confidence}"),
    )  # fmt: skip
    return speaker.say(text, at, entry.cite, aspect=aspect, name=shown)


def _window(speaker: Speaker, entry: Entry) -> str:
    first, last = entry.since[:4], entry.until[:4]
    if first and first == last:
        return speaker.t("window.year", year=first)
    if first and last:
        return speaker.t("window.years", first=first, last=last)
    return speaker.t("window.from", first=first) if first else speaker.t("window.until", last=last) if last else ""
