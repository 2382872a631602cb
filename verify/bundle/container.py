"""A bundle as it comes in, folder or zip: its members in memory, and whether the zip is ours (attestation section 10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from pathlib import Path
from typing import Literal

from verify.bundle.folder_read import read_file, read_folder
from verify.bundle.limits import STANDARD, Limits
from verify.bundle.zip_read import read_zip
from verify.bundle.zip_write import zip_bytes


@dataclass(frozen=True)
class Container:
    """`members` by name, names sorted. `repacked`: a zip that is not byte-equal to our own encoding of them (Z9).

    A repacked container fails the check ``container`` while its members are still judged; a folder is never repacked.
    """

    form: Literal["folder", "zip"]
    members: Mapping[str, bytes] = field(repr=False)
    repacked: bool = False


def open_container(path: Path, limits: Limits = STANDARD) -> Container:
    """Read a bundle, folder or zip, in memory. Raises `Refused` with the rule that it breaks, OSError where it is not there."""
    if path.is_dir():
        return Container("folder", read_folder(path, limits))
    whole = changed(limits, total=limits.total + limits.framing)
    return read_container(read_file(path.resolve(strict=True), whole, whole.total), limits)


def read_container(data: bytes, limits: Limits = STANDARD) -> Container:
    """The same from the bytes of a zip."""
    members = read_zip(data, limits)
    return Container("zip", members, repacked=zip_bytes(members) != data)
