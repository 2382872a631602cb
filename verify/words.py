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
    """Digest of every word that a report can say (E5): over ``<sha256>  <folder>/<file>`` of messages and findings, a line each."""
    base = resources.templates()
    files = sorted((folder, path) for folder in ("findings", "messages") for path in (base / folder).glob("*.yaml"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {folder}/{path.name}\n" for folder, path in files]
    return hashlib.sha256("".join(lines).encode("ascii")).hexdigest()
