"""The checks of a bundle in words: what each is called, and why it failed, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from cryptography import x509

from verify.attest.outcome import Check
from verify.report.visible import visible
from verify.words import Language, catalogue, say

_HELD = 8  # characters of a key's digest, as checks are named
_SUBJECTS = frozenset({"authority", "issuer", "subject", "same", "what"})  # arguments that may be a name of RFC 4514
_REPORTED = frozenset({"opinion", "verdict", "assurance"})  # what these fields say has words in the report
Names = Callable[[str], str]  # an item of the report to what people call it


def title(name: str, language: Language) -> str:
    """What a check is called: ``signature.lead`` is the signature of the lead verifier."""
    base, _, rest = name.partition(".")
    area = "bundle" if f"check.{base}" in catalogue("bundle") else "attest"
    word = say(f"{area}.check.{base}", language)
    return say("bundle.of_whom", language, check=word, who=role(rest, language)) if rest else word


def role(name: str, language: Language) -> str:
    """A signatory by role; a further one of the same role with the beginning of its key."""
    own, _, key = name.partition(".")
    if f"role.{own}" not in catalogue("attest"):
        return visible(name)
    word = say(f"attest.role.{own}", language)
    return f"{word} {key[:_HELD]}" if key else word


def reason(key: str | None, arguments: Mapping[str, object], language: Language, names: Names = str) -> str:
    """Why a check did not hold, or what there is to note; '' where there is nothing to say."""
    if key is None:
        return ""
    words: dict[str, object] = {}
    for name, value in arguments.items():
        words[name] = _word(name, value, language, names)
    if "field" in arguments:
        words |= _field(arguments, words, language)
    return visible(say(key, language, **words))


def reason_of(check: Check, language: Language, names: Names = str) -> str:
    """The same of a check."""
    return reason(check.key, check.arguments, language, names)


def moment(at: datetime) -> str:
    """A moment for a person; every time of a bundle is UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _field(arguments: Mapping[str, object], words: Mapping[str, object], language: Language) -> dict[str, object]:
    """The field of a statement in which two documents differ, and what each of them says there."""
    field, item = str(arguments["field"]), str(arguments["item"])
    kind = item if field == "headline" else field
    told = say(f"bundle.label.{item}", language).lower() if field == "headline" else words["item"]
    found: dict[str, object] = {"field": say(f"bundle.field.{field}", language, item=told)}
    for side in ("signed", "found"):
        area, key = (
            ("report", f"{kind}.{arguments[side]}")
            if kind in _REPORTED
            else ("bundle", f"said.{kind}.{arguments[side]}")
        )
        found[side] = say(f"{area}.{key}", language) if key in catalogue(area) else arguments[side]
    return found


def _word(name: str, value: object, language: Language, names: Names) -> object:
    if isinstance(value, datetime):
        return moment(value)
    if name == "role":
        return role(str(value), language)
    if name in _SUBJECTS:
        return _person(str(value), language)
    if name == "item":
        return names(str(value))
    if name == "reason" and f"revocation.{value}" in catalogue("bundle"):
        return say(f"bundle.revocation.{value}", language)
    return value


def _person(subject: str, language: Language) -> str:
    """The common name of a certificate's subject, with the organisation; anything else as it is."""
    try:
        held = x509.Name.from_rfc4514_string(subject)
    except ValueError:
        return subject
    common = held.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    body = held.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    if not common:
        return subject
    if not body:
        return str(common[0].value)
    return say("bundle.named", language, name=common[0].value, more=body[0].value)
