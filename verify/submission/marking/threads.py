"""Threaded comments (MS-XLSX 2.6.202): an answer of ours below the first of a cell, by a person of our name."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from verify.submission.marking.package import Book
from verify.submission.marking.values import MAKER

Element = Any  # of lxml, whose stubs take every child for optional

_SPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_PERSON_KIND = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_PERSON_TYPE = "application/vnd.ms-excel.person+xml"


class Threads:
    """The threads of one sheet; '' as the part: the sheet has none."""

    def __init__(self, book: Book, part: str) -> None:
        self._book = book
        self._part = part if part in book else ""
        self._root: Element = book.tree(self._part) if self._part else None
        self._changed = False

    def answer(self, ref: str, text: str) -> None:
        """Answer in the thread of the cell `ref`, where it has one."""
        from lxml import etree

        if self._root is None:
            return
        first = next((one for one in self._root if one.get("ref") == ref and one.get("parentId") is None), None)
        if first is None:
            return
        stamps = [one.get("dT", "") for one in self._root if one.get("ref") == ref]
        id_ = _guid(f"{self._part} {ref} {text}")
        given = {"ref": ref, "dT": max(stamps), "personId": self._person(), "id": id_, "parentId": first.get("id", "")}
        new = etree.Element(f"{{{_SPACE}}}threadedComment", {key: value for key, value in given.items() if value})
        etree.SubElement(new, f"{{{_SPACE}}}text").text = text
        last = [one for one in self._root if one.get("ref") == ref][-1]
        last.addnext(new)
        self._changed = True

    def forget(self) -> None:
        """Take our answers away."""
        if self._root is None:
            return
        for one in [one for one in self._root if one.get("personId") == _guid(MAKER)]:
            self._root.remove(one)
            self._changed = True

    def save(self) -> None:
        """Write the part where it changed."""
        if self._changed:
            self._book.put_tree(self._part, self._root)

    def _person(self) -> str:
        from lxml import etree

        id_ = _guid(MAKER)
        part = next((one.target for one in self._book.relations(self._book.main) if one.kind == "person"), "")
        if part in self._book:
            people = self._book.tree(part)
        else:
            part = self._book.free("xl/persons/person{}.xml")
            self._book.relate(self._book.main, _PERSON_KIND, part)
            people = etree.fromstring(f'<personList xmlns="{_SPACE}"/>')
        if all(one.get("id") != id_ for one in people):
            etree.SubElement(
                people, f"{{{_SPACE}}}person", displayName=MAKER, id=id_, userId=MAKER, providerId="None"
            )  # fmt: skip
            self._book.put_tree(part, people, _PERSON_TYPE)
        return id_


def _guid(of: str) -> str:
    digits = sha256(of.encode()).hexdigest().upper()
    return f"{{{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}}}"
