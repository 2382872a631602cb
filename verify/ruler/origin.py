"""Where each part of a ruler's merged data was written: which file, line and column, through layers and borrowed parts."""

from __future__ import annotations

from verify.errors import Problem
from verify.ruler.marks import Marked, Path_, dotted


class Origin:
    """Paths of the merged data -> the text that they came from. The longest prefix that is known decides."""

    def __init__(self) -> None:
        self.texts: dict[Path_, tuple[Marked, Path_]] = {}
        self.head: Marked | None = None

    def put(self, path: Path_, marked: Marked, there: Path_ | None = None) -> None:
        """`path` of the merged data is written in `marked`, at `there` of that text (the same path where not given)."""
        self.texts[path] = (marked, path if there is None else there)

    def over(self, below: Origin) -> Origin:
        """This origin laid over that of another ruler: what is written here, else what is written there."""
        found = Origin()
        found.head = self.head
        found.texts = {**below.texts, **self.texts}
        if below.head is not None:
            found.texts.setdefault((), (below.head, ()))
        return found

    def find(self, path: Path_) -> tuple[Marked, Path_]:
        """The text that `path` came from, and where it stands there; the head of the ruler where nothing is known."""
        for size in range(len(path), -1, -1):
            if path[:size] in self.texts:
                marked, there = self.texts[path[:size]]
                return marked, (*there, *path[size:])
        assert self.head is not None
        return self.head, path

    def problem(self, path: Path_, key: str, /, **arguments: object) -> Problem:
        """A problem at `path` of the merged data; it names the path as the ruler has it."""
        marked, there = self.find(path)
        found = marked.problem(there, key, **arguments)
        return Problem(found.file, found.line, found.column, dotted(path), key, **arguments)

    def place(self, path: Path_) -> str:
        """``file:line`` of `path`, for a sentence that names two places."""
        marked, there = self.find(path)
        return f"{marked.file}:{marked.place(there)[0]}"
