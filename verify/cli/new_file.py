"""A file that a command writes anew: looked at before the work, never written over, whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

from verify.canonical.files import write_new
from verify.errors import WrongUsage


def free(path: Path) -> None:
    """Raises WrongUsage `cli.exists`, `keys.no_folder` where `path` could not be written."""
    if os.path.lexists(path):
        raise WrongUsage("cli.exists", path=str(path))
    if not path.parent.is_dir():
        raise WrongUsage("keys.no_folder", folder=str(path.parent))


def put_new(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write `data` to a new file, with `mode` less the umask. Raises WrongUsage `cli.exists`, `keys.not_written`; then nothing is left."""
    try:
        write_new(path, data, mode)
    except FileExistsError:
        raise WrongUsage("cli.exists", path=str(path)) from None
    except OSError as error:
        raise WrongUsage("keys.not_written", path=str(path), reason=os.strerror(error.errno or 0)) from error


def read_file(path: Path) -> bytes:
    """What a file holds. Raises WrongUsage `cli.cannot_read`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUsage("cli.cannot_read", path=str(path), reason=os.strerror(error.errno or 0)) from None
