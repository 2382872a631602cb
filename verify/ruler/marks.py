"""YAML read strictly, with the place of every node (technology.md section 5).

Scalars stay text (``NO``, ``1_000`` and ``0.20`` mean what was typed); only plain ``true``, ``false``, ``null`` and ``~``
have a type. Anchors, aliases, tags, duplicate keys, tabs and deep nesting are refused with line and column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verify.errors import Located, Problem
from verify.ruler.syntax import not_yaml

Path_ = tuple[str | int, ...]
_DEEPEST = 40
_LARGEST = 512 * 1024  # bytes of one file; the longest is a tenth of it
_MOST_PROBLEMS = 1_000
MOST_NODES = 20_000  # keys and values of one ruler, all its files together; the largest has a fifth of them
_TYPED: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True)
class Marked:
    """Plain data of a YAML text and where each key and value stands: ``marks[path] = (line, column)``, 1-based."""

    file: str
    data: Any
    marks: dict[Path_, tuple[int, int]] = field(repr=False)

    def place(self, path: Path_) -> tuple[int, int]:
        """Line and column of `path`, or of its nearest ancestor that stands in the text."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def problem(self, path: Path_, key: str, /, **arguments: object) -> Problem:
        """A `Problem` at `path`."""
        line, column = self.place(path)
        return Problem(self.file, line, column, dotted(path), key, **arguments)


def dotted(path: Path_) -> str:
    """``("checks", 0, "cite")`` as ``checks[0].cite``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else str(part))
    return text


def load_marked(path: Path, *, name: str | None = None, nodes: int = MOST_NODES) -> Marked:
    """Read one YAML document of at most `nodes` nodes. Raises `Located` (``ruler.not_loaded``) with file, line and column."""
    shown = name or path.name
    if not path.is_file():  # a folder, a pipe or a device by that name
        raise Located("ruler.not_loaded", [Problem(shown, 1, 1, "", "ruler.not_a_file")])
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise Located("ruler.not_loaded", [Problem(shown, 1, 1, "", "ruler.too_large", bytes=_LARGEST)])
    return parse_marked(decoded(raw, shown), shown, nodes=nodes)


def decoded(raw: bytes, file: str, *, refused: str = "ruler.not_loaded") -> str:
    """`raw` as text. Raises `Located` (`refused`) with the place of the first byte that is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise Located(refused, [Problem(file, line, column, "", "ruler.not_utf8")]) from error


def parse_marked(text: str, file: str, *, refused: str = "ruler.not_loaded", nodes: int | None = None) -> Marked:
    """As `load_marked`, from text; `refused` is the message above the problems, `nodes` the most that it may hold."""
    import yaml

    reader = _Reader(file, refused, nodes)
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        data = reader.document(events)
    except yaml.YAMLError as error:
        raise Located(refused, [not_yaml(error, text, file)]) from error
    if reader.problems:
        raise Located(refused, reader.problems)
    return Marked(file, data, reader.marks)


class _Reader:
    """Builds plain data from parser events, so that what we refuse never gets built."""

    def __init__(self, file: str, refused: str, nodes: int | None = None) -> None:
        self.file = file
        self.refused = refused
        self.nodes = nodes
        self.count = 0
        self.marks: dict[Path_, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def document(self, events: Any) -> Any:
        import yaml

        data: Any = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self._refuse(event, (), "ruler.two_documents")
                    return data
                seen = True
            elif isinstance(event, yaml.NodeEvent):
                data = self._node(event, events, ())
        return data

    def _node(self, event: Any, events: Any, path: Path_) -> Any:
        import yaml

        self.marks.setdefault(path, _at(event))
        self.count += 1
        if self.nodes is not None and self.count > self.nodes:
            self._refuse(event, path, "ruler.too_many_nodes", most=self.nodes)
            raise Located(self.refused, self.problems)
        if isinstance(event, yaml.AliasEvent):
            return self._refuse(event, path, "ruler.alias")
        if event.anchor is not None:
            self._refuse(event, path, "ruler.alias")
        if event.tag is not None:
            self._refuse(event, path, "ruler.tag")
        if len(path) > _DEEPEST:
            self._refuse(event, path, "ruler.too_deep")
            raise Located(self.refused, self.problems)
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style  # libyaml says '', the Python parser None
            return _TYPED.get(event.value, event.value) if plain else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self._node(inner, events, (*path, len(items))))
            return items
        return self._mapping(events, path)

    def _mapping(self, events: Any, path: Path_) -> dict[str, Any]:
        import yaml

        mapping: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, path, "ruler.key_not_text")
                raise Located(self.refused, self.problems)
            key = event.value
            inner = (*path, key)
            if key in mapping:
                self._refuse(event, inner, "ruler.duplicate_key")
            else:
                self.marks[inner] = _at(event)
            mapping[key] = self._node(next(events), events, inner)
        return mapping

    def _refuse(self, event: Any, path: Path_, key: str, /, **arguments: object) -> None:
        line, column = _at(event)
        self.problems.append(Problem(self.file, line, column, dotted(path), key, **arguments))
        if len(self.problems) >= _MOST_PROBLEMS:  # nobody mends more at once, and each takes memory
            raise Located(self.refused, self.problems)


def _at(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
