"""Effective factors: what each is made of, and where each of its inputs is taken from."""

from __future__ import annotations

from collections.abc import Iterator

from verify.formula import names
from verify.report import vocabulary
from verify.report.articles.clauses import Source
from verify.report.articles.formulas import Formulas
from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.ruler.lint.reach import filled_in
from verify.ruler.model import Factor
from verify.ruler.model import Source as Origin

_ROW, _POINT = "row.", "parameter."
_TABLES = ("activity", "production", "process_balances", "emissions")


def factor_words(speaker: Speaker, identifiers: list[str]) -> tuple[str, list[Source]]:
    """The title of a factor, with its number where the law fixes one; several: the first that is defined."""
    told: list[str] = []
    cites: list[Source] = []
    for identifier in identifiers:
        factor = speaker.ruler.text.method.factors[identifier]
        number, source = _fixed(speaker, factor)
        words = speaker.title(factor.title)
        constant = speaker.ruler.tree(factor.formula)["op"] == "constant"
        told.append(
            factor.formula if constant else speaker.t("named_number", title=words, number=number) if number else words
        )
        cites += [factor.cite, source]
    return (told[0] if len(told) == 1 else speaker.t("first_defined", factors=speaker.all_of(told))), cites


def factors(speaker: Speaker) -> Iterator[tuple[str, list[Sentence]]]:
    """One article for each factor that a line rule takes or falls back to."""
    lines = speaker.ruler.text.method.lines
    used = {name for line in lines for name in (*line.factor, line.default) if name}
    for identifier, factor in speaker.ruler.text.method.factors.items():
        if identifier in used:
            yield factor.title[speaker.language], list(_factor(speaker, identifier, factor))


def _factor(speaker: Speaker, identifier: str, factor: Factor) -> Iterator[Sentence]:
    at = ("method", "factors", identifier)
    title, unit = speaker.title(factor.title), speaker.unit(factor.unit)
    inputs = {name: _input(speaker, name, sources) for name, sources in factor.inputs.items()}
    tree = speaker.ruler.tree(factor.formula)
    number, source = _fixed(speaker, factor)
    if number or not names(tree):
        words = speaker.t("factor_constant", title=title, number=number or speaker.number(factor.formula, factor.unit))
        yield speaker.say(words, at, factor.cite, source, name=identifier)
        return
    formula = Formulas(speaker, lambda name: inputs.get(name, name)).words(factor.formula)
    if tree["op"] != "name":
        yield speaker.say(
            speaker.t("factor", title=title, formula=formula, unit=unit), at, factor.cite, name=identifier
        )
    for name, sources in factor.inputs.items():
        told = [_origin(speaker, one) for one in sources]
        cites = [cite for _, some in told for cite in some]
        texts = [text for text, _ in told]
        only = _only(sources)
        key = "factor_is" if tree["op"] == "name" else "input_is" if only else "input"
        taken = texts[0] if len(texts) == 1 else speaker.t("first_found", sources=speaker.t("semicolon").join(texts))
        taken = speaker.printed(only) if only else taken
        yield speaker.say(
            speaker.t(key, title=title, input=inputs[name], taken=taken), at, factor.cite, *cites, aspect=name,
            name=identifier if tree["op"] == "name" else "", follows=tree["op"] != "name",
        )  # fmt: skip


def _input(speaker: Speaker, name: str, sources: list[Origin]) -> str:
    """What an input is called: by its name, else by the value that it is."""
    value = speaker.ruler.values.get(speaker.ruler.bound(_only(sources)))
    return speaker.known(f"input.{name}") or (speaker.quoted(name) if value is None else speaker.title(value.title))


def _fixed(speaker: Speaker, factor: Factor) -> tuple[str, Source]:
    """The one number that a factor is, and the clause that prints it; '' where there is no such number."""
    only = _only(factor.inputs.get(factor.formula, []))
    found = speaker.value(only) if only else None
    return ("", None) if found is None else (speaker.printed(only), found[1].cite)


def _only(sources: list[Origin]) -> str:
    """The one value that an input is, '' where there are several or it is taken from the row."""
    origin = sources[0].origin if len(sources) == 1 else _ROW
    return "" if "{" in origin or origin.startswith((_ROW, _POINT)) else origin


def _origin(speaker: Speaker, source: Origin) -> tuple[str, list[Source]]:
    """Where an input may come from, in words, and the clauses that print it."""
    origin, text = source.origin, speaker.ruler.text
    if origin.startswith(_ROW):
        column = origin.removeprefix(_ROW)
        title = next(
            (found for one in _TABLES if (found := vocabulary.column_name(one, column, speaker.language))), column
        )
        if not source.evidence:
            return speaker.t("from_row", column=title), []
        kinds = speaker.any_of(speaker.word("evidence", "kind", one) for one in source.evidence)
        return speaker.t("from_row_with", column=title, evidence=kinds), [speaker.practice("4")]
    if origin.startswith(_POINT) and "{" not in origin:
        point = text.parameters[origin.removeprefix(_POINT)]
        return speaker.t("from_point", point=speaker.title(point.title)), [point.cite]
    if "{" not in origin:
        return speaker.named(origin), [speaker.cite_of(origin)]
    return _pattern(speaker, origin)


def _pattern(speaker: Speaker, origin: str) -> tuple[str, list[Source]]:
    """A name with blanks: what is printed for the carrier, the product, the gas or the province of the row."""
    blank = next(one for one in ("carrier", "product", "gas", "province") if f"{{{one}}}" in origin)
    of = speaker.t(f"of.{blank}")
    if origin.startswith(_POINT):
        return speaker.t("from_points", of=of), [speaker.practice("5")]
    names = filled_in(speaker.ruler, origin, vocabulary.ids_of("carrier"))
    found = (one for name in names if (one := speaker.cite_of(name)) is not None)
    documents = {str(one["document"]): one for one in found if isinstance(one, dict)}
    if not documents:
        return speaker.t("from_nothing", of=of), []
    titles = [_document(speaker, name) for name in documents]
    return speaker.t("from_document", documents=speaker.all_of(titles), of=of), list(documents.values())


def _document(speaker: Speaker, name: str) -> str:
    document = speaker.ruler.documents[name]
    return speaker.t("document", title=document.number or document.title[speaker.language])
