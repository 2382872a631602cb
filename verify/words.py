"""The message catalogues: every word for people outside a finding, in Chinese and in English.

A catalogue is ``templates/messages/<area>.yaml``: ``key: {zh: …, en: …}``; a message is found as ``<area>.<key>``
and filled with `str.format`. A missing key or language is our own fault, and a test looks for both.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, Literal

from verify import resources
from verify.errors import OurFault

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")


@cache
def catalogue(area: str) -> dict[str, dict[str, str]]:
    """All messages of one area, as ``{key: {zh, en}}``."""
    import yaml

    path = resources.templates() / "messages" / f"{area}.yaml"
    if not path.is_file():
        raise OurFault("cli.no_message", message=area)
    loaded: dict[str, Any] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return loaded


def say(key: str, language: Language, /, **arguments: object) -> str:
    """The message `key` (``area.name``) in `language`, filled with `arguments`."""
    area, _, name = key.partition(".")
    message = catalogue(area).get(name)
    if message is None:
        raise OurFault("cli.no_message", message=key)
    return message[language].format(**arguments)


@cache
def catalogue_sha256() -> str:
    """Digest of everything that a report says it with (E5): over ``<sha256>  <path>``, a line for each file of templates/."""
    base = resources.templates()
    names = sorted(path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256((base / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
