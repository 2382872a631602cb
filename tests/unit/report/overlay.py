"""The words that the example reports need, laid over the package's own templates in a temporary folder.

Other stages own templates/findings and their catalogues; the faces are tested with words of their own, so that a change
there does not move a test here. The page templates and the report's catalogues are the real ones.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from verify import resources

HERE = Path(__file__).parent / "words"


def overlaid(folder: Path) -> Path:
    """A copy of the package's templates with the example's words in place; returns the folder."""
    target = folder / "templates"
    shutil.copytree(resources.templates(), target)
    shutil.copytree(HERE, target, dirs_exist_ok=True)
    return target
