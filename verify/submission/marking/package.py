"""A workbook as a zip of parts: read, overlaid with the parts that change, written again with fixed dates."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

from verify.errors import Unreadable, WrongUsage
from verify.submission.workbook.archive import Archive, Limits

Element = Any  # of lxml, whose stubs take every child for optional

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_MOST = 128 << 20  # bytes of one part that is patched: it stands in memory twice


class Relation(NamedTuple):
    """One relationship of a part: id, last word of its type, target part ('' where it is external)."""

    id: str
    kind: str
    target: str


class Book:
    """The parts of one .xlsx or .xlsm; `write` and `drop` overlay them, `packed` gives the new file.

    Raises WrongUsage ``marking.not_ooxml`` for another kind of file, ``marking.strict`` for strict OOXML,
    ``marking.encrypted`` for a password, Unreadable ``workbook.…`` for what is damaged or too large.
    """

    def __init__(self, source: Path | bytes, name: str) -> None:
        head = _head(source)
        if head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            locked = "EncryptedPackage".encode("utf-16-le") in _bytes(source)
            raise WrongUsage("marking.encrypted" if locked else "marking.not_ooxml", file=name)
        if head[:2] != b"PK":
            raise WrongUsage("marking.not_ooxml", file=name)
        self.name = name
        self._archive = Archive(source, name, Limits())
        self._new: dict[str, bytes | None] = {}
        if _TYPES_PART not in self._archive or "xl/workbook.bin" in self._archive:
            raise WrongUsage("marking.not_ooxml", file=name)
        self.main = next((one.target for one in self.relations("") if one.kind == "officeDocument"), "")
        if self.main not in self._archive:
            raise Unreadable("workbook.not_a_workbook", file=name)
        if _STRICT in self.read(self.main)[:4096]:
            raise WrongUsage("marking.strict", file=name)

    def __contains__(self, part: str) -> bool:
        return self._new[part] is not None if part in self._new else part in self._archive

    @property
    def parts(self) -> list[str]:
        """The names of all parts, old ones in their order."""
        old = [part for part in self._archive.names if part in self]
        return [*old, *(part for part, data in self._new.items() if data is not None and part not in self._archive)]

    def read(self, part: str) -> bytes:
        """The bytes of a part as they stand now."""
        held = self._new.get(part)
        return held if held is not None else self._archive.read(part, _MOST)

    def write(self, part: str, data: bytes, content_type: str = "") -> None:
        """Put `data` in place of a part; a new one is entered under `content_type`."""
        if part not in self and content_type:
            self._declare(part, content_type)
        if part not in self or self.read(part) != data:
            self._new[part] = data

    def drop(self, part: str) -> None:
        """Take a part away, and what the types of the package say of it."""
        self._new[part] = None
        types = self.tree(_TYPES_PART)
        for one in [one for one in types if one.get("PartName") == f"/{part}"]:
            types.remove(one)
        self.put_tree(_TYPES_PART, types)

    def tree(self, part: str) -> Element:
        """A part as a tree. Raises Unreadable where it is not well-formed or holds a document type."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(self.read(part), parser)
        except etree.XMLSyntaxError:
            raise Unreadable("workbook.damaged_part", file=self.name, part=part) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable("workbook.forbidden_xml", file=self.name, part=part)
        return root

    def put_tree(self, part: str, root: Element, content_type: str = "") -> None:
        """Write a tree as a part."""
        from lxml import etree

        self.write(part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), content_type)

    def free(self, pattern: str) -> str:
        """The first name of `pattern` (with ``{}`` for a number) that no part has."""
        taken = {part.lower() for part in self.parts}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to ('' : the package)."""
        where = _relations_of(part)
        if where not in self:
            return []
        folder = posixpath.dirname(part)
        found = []
        for one in self.tree(where):
            target = one.get("Target", "")
            if one.get("TargetMode") == "External":
                path = ""
            elif target.startswith("/"):
                path = target.lstrip("/")
            else:
                path = posixpath.normpath(posixpath.join(folder, target))
            found.append(Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], path))
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Enter a relationship of the full type `kind`; its id."""
        from lxml import etree

        where = _relations_of(part)
        root = self.tree(where) if where in self else etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        taken = {one.get("Id") for one in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=f"rId{number}", Type=kind, Target=path)
        self.put_tree(where, root, _RELATIONS_TYPE if where in self else "")
        return f"rId{number}"

    def unrelate(self, part: str, relation: str) -> None:
        """Take one relationship away."""
        where = _relations_of(part)
        root = self.tree(where)
        for one in [one for one in root if one.get("Id") == relation]:
            root.remove(one)
        self.put_tree(where, root)

    def packed(self) -> bytes:
        """The whole file: the parts in their old order, every date fixed, so that equal input gives equal bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
            for part in self.parts:
                info = zipfile.ZipInfo(part, _LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0  # else it tells the operating system
                held = self._new.get(part)
                with zipped.open(info, "w") as entry:
                    for piece in [held] if held is not None else self._archive.pieces(part):
                        entry.write(piece)
        return out.getvalue()

    def _declare(self, part: str, content_type: str) -> None:
        from lxml import etree

        types = self.tree(_TYPES_PART)
        extension = part.rpartition(".")[2].lower()
        defaults = {one.get("Extension", "").lower(): one.get("ContentType") for one in types}
        if defaults.get(extension) == content_type:
            return
        if extension == "vml" and extension not in defaults:
            new = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
            types.insert(0, new)
        else:
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
        self.put_tree(_TYPES_PART, types)


def utf8(data: bytes) -> bytes:
    """XML in an encoding whose bytes can be searched: UTF-16 becomes UTF-8."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    return re.sub(r'encoding=["\'][^"\']*["\']', 'encoding="UTF-8"', data.decode("utf-16"), count=1).encode("utf-8")


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _head(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:8]
    with source.open("rb") as file:
        return file.read(8)


def _bytes(source: Path | bytes) -> bytes:
    return source.read_bytes() if isinstance(source, Path) else source
