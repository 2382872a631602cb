"""The parts that every section of a ruler is made of: strict models, words in both languages, citations, documents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

Confidence = Literal["primary", "secondary", "derived", "unconfirmed"]


def _whole(value: object) -> object:
    return int(value) if isinstance(value, str) and value.lstrip("-").isdigit() else value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | bool) else value


Whole = Annotated[int, BeforeValidator(_whole)]
Texts = Annotated[list[str], BeforeValidator(_listed)]


class Strict(BaseModel):
    """Base of every part: what is not declared does not load."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Words(Strict):
    """One text in both languages; both are always there."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Cite(Strict):
    """Document (an id of `documents`), and where in it."""

    document: str
    annex: str = ""
    clause: str = ""
    page: str = ""
    note: Words | None = None


class Document(Strict):
    """A document that founds values or rules; `whole`: it has no clauses (a practice, a tool, a circulating table)."""

    title: Words
    number: str = ""
    issuer: str = ""
    dated: str = ""
    published: str = ""
    in_force: str = ""
    url: str = ""
    whole: bool = False
    note: Words | None = None
