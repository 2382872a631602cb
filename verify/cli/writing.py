"""Output folders: looked at before the work begins, and what the disk says against them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verify.errors import WrongUsage


def ready(folder: Path, *, apart_from: Path | None = None) -> None:
    """Raises WrongUsage where no report could be written to `folder`, before hours of work.

    `apart_from` is the submission: a report inside it would be part of what is handed in next time.
    """
    if folder.exists() and not folder.is_dir():
        raise WrongUsage("cli.out_is_a_file", path=str(folder))
    if apart_from is not None and folder.resolve() == apart_from.resolve():
        raise WrongUsage("cli.out_is_the_submission", path=str(folder))
    standing = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if not standing.is_dir():
        raise WrongUsage("cli.out_is_a_file", path=str(standing))
    if not os.access(standing, os.W_OK | os.X_OK):
        raise WrongUsage("cli.out_not_writable", path=str(standing))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the disk says while `path` is written, as WrongUsage; nothing is left of it then."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise WrongUsage("cli.out_disk_full", path=str(path)) from error
        if isinstance(error, (NotADirectoryError, FileExistsError)):
            raise WrongUsage("cli.out_is_a_file", path=str(path)) from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise WrongUsage("cli.out_not_writable", path=str(path)) from error
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise WrongUsage("cli.out_failed", path=str(path), reason=reason) from error
