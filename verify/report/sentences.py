"""The fixed sentences of the conclusion (verification-procedure 1.9): generated from facts, never improvised.

The wording is in templates/messages/sentences.yaml. Here is only which sentence stands and what fills its gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report.reader import Reader
from verify.words import say

_NO_LARGER = "<="


def conclusion(reader: Reader) -> list[str]:
    """The sentences of the conclusion in order: the headline, every other indicator left open, the opinion, what it is not."""
    facts = reader.facts
    if facts["opinion"]["value"] == "disclaimer":
        return [_disclaimer(reader), *_opinion(reader), _always(reader)]
    indicators = {f"indicator.{row['id']}": row for row in facts["indicators"]}
    headline = indicators.get(facts["headline"]["item"])
    sentences = [_verdict(reader, headline) if headline else _total(reader)]
    sentences += [
        _undetermined(reader, row) for row in facts["indicators"] if row is not headline and _left_open(row, facts)
    ]
    if headline is None or headline["verdict"] != "met" or facts["opinion"]["value"] != "unmodified":
        sentences += _opinion(reader)
    return [*sentences, _always(reader)]


def _verdict(reader: Reader, row: Mapping[str, Any]) -> str:
    verdict = row["verdict"]
    if verdict == "undetermined":
        return _undetermined(reader, row)
    if verdict == "no_limit":
        return _no_limit(reader, row)
    if verdict not in {"met", "not_met"}:
        return _say(reader, "not_computed", **_frame(reader, row))
    below = (row["comparison"] == _NO_LARGER) == (verdict == "met")
    sentence = _say(
        reader,
        "verdict",
        **_frame(reader, row),
        value=reader.with_unit(row["value"], row["unit"], limit=row["limit"]),
        relation=_say(reader, _relation(row["comparison"], below)),
        limit=reader.printed(row["limit"], row["unit"]),
    )
    if verdict == "met" and reader.facts["opinion"]["value"] == "unmodified":
        return _say(reader, "and", first=sentence, second=_free_of_misstatement(reader))
    return _say(reader, "stop", first=sentence)


def _total(reader: Reader) -> str:
    """A ruler without indicators states the total."""
    year = reader.facts["year"]
    value = next(
        (row["claimed"] for row in reader.facts["items"] if row["item"] == "total.tco2" and row["year"] == year), None
    )
    gaps = {
        "park": reader.park,
        "year": year,
        "item": reader.item("total.tco2"),
        "value": reader.with_unit(value, reader.mass_unit),
    }
    return _say(reader, "stop", first=_say(reader, "total", **gaps))


def _relation(comparison: str, below: bool) -> str:
    """`<=`: not above / above; `>=`: not below / below. `below` is true where the value lies at or under the limit."""
    if comparison == _NO_LARGER:
        return "not_above" if below else "above"
    return "below" if below else "not_below"


def _free_of_misstatement(reader: Reader) -> str:
    assurance = reader.facts["opinion"]["assurance"]
    energy = any(item["item"] == "energy.tce" for item in reader.facts["items"])
    accounts = _say(reader, "accounts.both" if energy else "accounts.emissions")
    if reader.facts["role"] != "verification" or assurance not in {"limited", "reasonable"}:
        return _say(reader, "free_without_assurance", accounts=accounts)
    return _say(reader, "free_of_misstatement", accounts=accounts, assurance=_say(reader, f"assurance.{assurance}"))


def _undetermined(reader: Reader, row: Mapping[str, Any]) -> str:
    """Why it is open, in this order: a reading of the text, missing evidence, readings together, an unsettled basis."""
    frame = _frame(reader, row)
    shown = {name: reader.with_unit(row[name], row["unit"], limit=row["limit"]) for name in ("value", "proven_value")}
    shown |= {name: reader.edge(row[name], row) for name in ("low", "high")}
    document = reader.document(_cite(reader, row)["document"])
    pair = _opposed(reader, row)
    if pair is not None:
        first, second = pair
        gaps = {"first": first[0], "first_value": first[1], "second": second[0], "second_value": second[1]}
        key = "undetermined" if second[1] else "undetermined_withheld"
        return _say(reader, key, **frame, **gaps, document=document)
    if _disagree(row, "value", "proven_value"):
        return _say(reader, "undetermined_unproven", **frame, claimed=shown["value"], proven=shown["proven_value"])
    if _disagree(row, "low", "high"):
        return _say(reader, "undetermined_range", **frame, low=shown["low"], high=shown["high"], document=document)
    return _say(reader, "undetermined_basis", **frame, claimed=shown["value"])


def _disagree(row: Mapping[str, Any], first: str, second: str) -> bool:
    if row["limit"] is None or row[first] is None or row[second] is None:
        return False
    return _holds(row, row[first]) != _holds(row, row[second])


def _opposed(reader: Reader, row: Mapping[str, Any]) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The chosen reading and one that turns the verdict, each with its value; None where only corners of several do.

    The second value is '' where the public report keeps it back: its verdict then says that it turns.
    """
    chosen = {point["id"]: point["chosen"] for point in reader.facts["parameters"]}
    for flip in row["flips"]:
        parameter = flip["parameter"]
        if parameter not in chosen or row["value"] is None or row["limit"] is None:
            continue
        if _met(row, flip) == (not _holds(row, row["value"])):
            values = [
                "" if value is None else reader.with_unit(value, row["unit"], limit=row["limit"])
                for value in (row["value"], flip["value"])
            ]
            names = [reader.reading(parameter, name) for name in (chosen[parameter], flip["reading"])]
            return (names[0], values[0]), (names[1], values[1])
    return None


def _met(row: Mapping[str, Any], flip: Mapping[str, Any]) -> bool | None:
    """Whether the limit holds under the reading of a flip, from its value or, where that is kept back, from its verdict."""
    if flip["value"] is not None:
        return _holds(row, flip["value"])
    return {"met": True, "not_met": False}.get(flip["verdict"])


def _holds(row: Mapping[str, Any], value: str) -> bool:
    number, limit = exact(value), exact(row["limit"])
    return number <= limit if row["comparison"] == _NO_LARGER else number >= limit


def _cite(reader: Reader, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The open text: that of the parameter that turns the verdict, else that of the indicator."""
    points = {point["id"]: point["cite"] for point in reader.facts["parameters"]}
    for flip in row["flips"]:
        cite = points.get(flip["parameter"])
        if cite:
            return dict(cite)
    return dict(row["cite"])


def _no_limit(reader: Reader, row: Mapping[str, Any]) -> str:
    energy = next(
        (item for item in reader.facts["items"] if item["item"] == "energy.tce" and item["year"] == row["year"]), None
    )
    if row["class"] is None or (energy is None and not reader.held("items")):
        return _say(
            reader, "no_limit_at_all", **_frame(reader, row), ruler=reader.title(reader.facts["ruler"]["title"])
        )
    cite = row["cite"]
    where = reader.cite({"document": cite["document"], "annex": cite.get("annex")})
    tce = reader.t("withheld_value") if energy is None else reader.figure(energy["claimed"], "tce")
    return _say(reader, "no_limit", **_frame(reader, row), tce=tce, size_class=reader.title(row["class"]), where=where)


def _disclaimer(reader: Reader) -> str:
    facts = reader.facts
    terms = [
        item["item"].split(".")[1] for item in facts["items"] if item["incomplete"] and item["item"].startswith("term.")
    ]
    missing = list(dict.fromkeys(terms))
    if reader.held("items", "items.term", "terms"):  # the public items no longer name them all, nor tell their size
        return _disclaimer_withheld(reader)
    share = _share_of(facts["terms"], missing)
    what = reader.listed([reader.name("term", term) for term in missing]) if missing else _say(reader, "several")
    if share is None:
        return _say(reader, "disclaimer_unknown_share", missing=what)
    return _say(reader, "disclaimer", missing=what, share=reader.with_unit(decimal_text(share, 12), "share"))


def _disclaimer_withheld(reader: Reader) -> str:
    """The same of a public report: the incomplete terms as the reasons of the opinion name them, without their share."""
    reasons = [reason for reason in reader.facts["opinion"]["reasons"] if isinstance(reason, Mapping)]
    named = [str(reason["arguments"]["terms"]) for reason in reasons if "terms" in (reason.get("arguments") or {})]
    terms = list(dict.fromkeys(term for text in named for term in text.split(", ")))
    what = reader.listed([reader.name("term", term) for term in terms]) if terms else _say(reader, "several")
    return _say(reader, "disclaimer_withheld", missing=what)


def _share_of(terms: list[Mapping[str, Any]], missing: list[str]) -> Fraction | None:
    """Part of the tonnes counted that stands in the terms `missing`, each by its size; None where nothing is counted."""
    sizes = {row["term"]: abs(exact(row["tco2"])) for row in terms}
    total = sum(sizes.values(), Fraction(0))
    if not missing or not total:
        return None
    return sum((sizes.get(term, Fraction(0)) for term in missing), Fraction(0)) / total


def _opinion(reader: Reader) -> list[str]:
    """With another opinion than unmodified its own reasons stand where the clause of no misstatement would."""
    opinion = reader.facts["opinion"]
    if opinion["value"] == "unmodified":
        second = _free_of_misstatement(reader)
        return [_say(reader, "opinion_alone", second=second)]
    reasons = [reader.reason(reason) for reason in opinion["reasons"]] or [_say(reader, "no_reason")]
    joined = _say(reader, "reason_separator").join(reasons)
    return [_say(reader, "opinion", opinion=reader.t(f"opinion.{opinion['value']}"), reasons=joined)]


def _always(reader: Reader) -> str:
    """What this report is not; a ruler that names other gases than CO2 gets the sentence without them."""
    gases = reader.facts["ruler"].get("gases") or ["CO2"]
    return _say(reader, "always" if gases == ["CO2"] else "always_other_ruler")


def _left_open(row: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    return bool(row["verdict"] == "undetermined" and row["year"] == facts["headline"]["year"])


def _frame(reader: Reader, row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "park": reader.park,
        "base_year": reader.facts["base_year"] or "–",
        "year": row["year"],
        "indicator": reader.title(row["title"]),
    }


def _say(reader: Reader, key: str, **gaps: object) -> str:
    role = reader.facts["role"]
    speaker = {name: say(f"sentences.{role}.{name}", reader.language) for name in ("opening", "body", "team", "work")}
    return say(f"sentences.{key}", reader.language, **speaker, **gaps)
