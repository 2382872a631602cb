"""The words that the example reports need, laid over the package's own templates in a temporary folder.

The reasons that other stages give are theirs; the examples use words of their own (words/), so that a change there moves
no test here. Page, catalogues and the words of the findings are the real ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from verify import resources, words

HERE = Path(__file__).parent / "words"


def overlaid(folder: Path) -> Path:
    """A copy of the package's templates with the example's words in place; returns the folder."""
    target = folder / "templates"
    shutil.copytree(resources.templates(), target)
    shutil.copytree(HERE, target, dirs_exist_ok=True)
    return target


@contextmanager
def speaking(folder: Path) -> Iterator[None]:
    """Everything in this process reads its words from `folder`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resources, "templates", lambda: folder)
        words.catalogue.cache_clear()
        yield
    words.catalogue.cache_clear()
