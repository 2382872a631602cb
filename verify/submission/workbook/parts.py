"""One XML part, element by element, in bounded memory and with every door of XML shut.

No entity is resolved, no network is touched, a document type declaration (which OOXML forbids, ECMA-376 part 2, 8.1.4)
ends the reading, and a part that keeps libxml2 busy without ever closing a wanted element is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from verify.errors import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_IDLE = 16 << 20  # bytes without one wanted element: a row of 16,384 long cells is a third of this


def elements(pieces: Iterable[bytes], file: str, part: str, tags: Sequence[str]) -> Iterator[Element]:
    """Each element named in `tags` (local names) once it is complete; it is emptied after the caller had it.

    Raises Unreadable ``workbook.forbidden_xml`` for a document type or an entity, ``workbook.damaged_part`` for XML
    that is not well-formed.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    idle = 0
    first = True
    try:
        for piece in pieces:
            if first and any(word in piece for word in _DOCTYPE):  # the early word; later ones are caught below
                raise Unreadable("workbook.forbidden_xml", file=file, part=part)
            first = False
            parser.feed(piece)
            idle += len(piece)
            events: Any = parser.read_events()
            for _, element in events:
                if idle:
                    _no_doctype(element, file, part)
                idle = 0
                yield element
                _forget(element)
            if idle > _IDLE:
                raise Unreadable("workbook.bomb", file=file, part=part)
        _no_doctype(parser.close(), file, part)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_complaint(error), file=file, part=part) from None


def local(element: Element) -> str:
    """The name of an element without its namespace (transitional and strict OOXML differ only there)."""
    return _local(element.tag)


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by local name, '' where absent: relationship ids carry a namespace that differs between dialects."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def truth(text: str | None) -> bool:
    """An xsd:boolean attribute; absent is false."""
    return text in ("1", "true", "on")


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _no_doctype(element: Element, file: str, part: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("workbook.forbidden_xml", file=file, part=part)


def _complaint(error: Any) -> str:
    """The message for a syntax error. The log of libxml2 is one for the process: only its last entry is ours."""
    last = error.error_log.last_error
    kind = last.type_name if last is not None else ""
    if "ENTIT" in kind:
        return "workbook.forbidden_xml"
    return "workbook.bomb" if "RESOURCE_LIMIT" in kind else "workbook.damaged_part"
