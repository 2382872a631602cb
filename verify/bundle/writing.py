"""A bundle on disk: whole or not there, whatever stops the writing (power, kill -9, a full disk)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath

from verify.bundle.member_names import check_names
from verify.bundle.zip_write import zip_bytes
from verify.canonical.files import write_all, write_over
from verify.errors import WrongUsage


def write_zip(path: Path, members: Mapping[str, bytes]) -> None:
    """Write the canonical zip of `members`; an earlier one at `path` stays until the new one is on disk.

    Raises `Refused` for members that no reader takes, OSError for the disk; then everything is as it was.
    """
    write_all(path.parent, {path.name: zip_bytes(members)})


def write_folder(folder: Path, members: Mapping[str, bytes]) -> None:
    """Write `members` as a folder that appears complete, by one rename.

    Raises `WrongUsage` (``bundle.exists``) where there is something already: files of an earlier bundle must not stand
    among new ones. `Refused` and OSError as above. A run that is killed leaves at most a hidden folder beside the place.
    """
    check_names(members)
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise WrongUsage("bundle.exists", path=folder.name)
    with _inside(folder.parent):
        building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:40]}."))
        try:
            whole = building / "whole"
            for part, files in sorted(_by_folder(members).items()):  # a folder before what stands in it
                write_all(whole / part, files)
            if folder.is_dir():
                folder.rmdir()  # empty, as seen above; else OSError and nothing is lost
            whole.replace(folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    _sync(folder.parent)


def write_bundle(folder: Path, archive: Path, members: Mapping[str, bytes]) -> None:
    """Write `members` as a folder and as their zip: both of them, or none.

    The zip comes first; one of these very members is what a run left that was killed behind it, and the folder is added.
    Raises `WrongUsage` (``bundle.exists``) for anything else at either place; `Refused` and OSError as above.
    """
    standing = os.path.lexists(archive)
    if standing and (not archive.is_file() or archive.read_bytes() != zip_bytes(members)):
        raise WrongUsage("bundle.exists", path=archive.name)
    with _inside(archive.parent):
        try:
            if not standing:
                write_zip(archive, members)
            write_folder(folder, members)
        except BaseException:
            if not standing:
                archive.unlink(missing_ok=True)
            raise


def renew_folder(folder: Path, members: Mapping[str, bytes]) -> None:
    """Write those of `members` into a standing folder that it does not hold yet or holds otherwise; nothing is removed.

    All of them or none; the last to take its place is the signed envelope, so that a killed run leaves a draft whose
    signatures are still the earlier ones. Errors as `write_folder`.
    """
    check_names(members)
    changed = {name: data for name, data in members.items() if _differs(folder / name, data)}
    ordered = sorted(changed, key=lambda name: (name.endswith(".dsse.json"), name))
    with ExitStack() as stack:
        for name in ordered:
            stack.enter_context(_inside((folder / name).parent))
        write_over({folder / name: changed[name] for name in ordered})


@contextmanager
def _inside(place: Path) -> Iterator[None]:
    """`place` is there; when what is written into it fails, whatever of it had to be made is gone again."""
    missing = [one for one in (place, *place.parents) if not one.exists()]
    try:
        place.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for made in missing:  # the innermost first; one that somebody else filled meanwhile stays
            with suppress(OSError):
                made.rmdir()
        raise


def _differs(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() != data
    except FileNotFoundError:
        return True


def _by_folder(members: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = {}
    for name, data in members.items():
        path = PurePosixPath(name)
        found.setdefault(str(path.parent), {})[path.name] = data
    return found


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to sync it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
