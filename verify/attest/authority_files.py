"""The folder of a local authority: made whole or not at all, and the files of its trust root."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from verify.attest import authority_state, dsse, keys, profiles, root, trusted_root
from verify.attest.anchors import Anchor, Anchors
from verify.attest.authority_state import Issued, State
from verify.attest.certificates import write_pem
from verify.attest.profiles import Issuer, spki_sha256
from verify.attest.requests import named
from verify.attest.root import Root
from verify.attest.signing import with_key
from verify.canonical.files import write_new
from verify.errors import WrongUsage

_YEAR = timedelta(days=365)
_PUBLIC = re.compile(r"root\.signer\.([1-9][0-9]{0,5})\.pem")


def check(folder: Path, name: str, signers: int, threshold: int) -> None:
    """Could such an authority be made there? Raises WrongUsage `attest.authority_exists`, `attest.authority_name`,
    `attest.authority_signers`."""
    try:
        named(name, "name")
    except ValueError as error:
        raise WrongUsage("attest.authority_name", detail=str(error)) from None
    if not 1 <= threshold <= signers <= 99:
        raise WrongUsage("attest.authority_signers", signers=str(signers), threshold=str(threshold))
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise WrongUsage("attest.authority_exists", folder=str(folder))


def create(folder: Path, name: str, passphrase: bytes, at: datetime, *, signers: int = 3, threshold: int = 2) -> None:
    """A new authority of the organisation `name`, whose certificates begin at `at`; it appears complete, by one rename.

    Root and clock are good for ten years, the body for five. The trust root is signed by `threshold` of `signers` keys,
    and by all of them at the beginning. Raises WrongUsage as `check`, `attest.passphrase_empty`; OSError.
    """
    check(folder, name, signers, threshold)
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:40]}."))  # for its owner alone
    try:
        _fill(building, name, passphrase, at.astimezone(UTC).replace(microsecond=0), signers, threshold)
        if folder.is_dir():
            folder.rmdir()  # empty, as seen above; else OSError and nothing is lost
        building.replace(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def roots(folder: Path) -> list[bytes]:
    """The files of the trust root, version 1 first. Raises WrongUsage `attest.authority_unreadable` for a gap."""
    found: list[bytes] = []
    while (path := _version(folder, len(found) + 1)).is_file():
        found.append(path.read_bytes())
    if len(found) != len(list((folder / "trust").glob("root.*.dsse.json"))) or not found:
        raise WrongUsage("attest.authority_unreadable", folder=str(folder), detail="trust/")
    return found


def signers(folder: Path) -> dict[int, str]:
    """SPKI digests of the keys that sign, or signed once, by number. Raises WrongUsage `attest.authority_unreadable`."""
    found = {}
    for path in folder.iterdir():
        match = _PUBLIC.fullmatch(path.name)
        if match is None:
            continue
        try:
            found[int(match[1])] = spki_sha256(load_pem_public_key(path.read_bytes()))
        except ValueError:
            raise WrongUsage("attest.authority_unreadable", folder=str(folder), detail=path.name) from None
    return found


def signer_key(folder: Path, number: int) -> Path:
    """The private key of a signer."""
    return folder / f"root.signer.{number}.key.pem"


def add_root(
    folder: Path, version: int, data: bytes, new: Sequence[ec.EllipticCurvePrivateKey], passphrase: bytes
) -> None:
    """Write the keys of new signers, then the version of the trust root that names them.

    The version comes last: keys that a killed run leaves behind are named by no root. Raises WrongUsage
    `attest.root_taken` where somebody else added this version meanwhile; OSError. Then nothing was added.
    """
    taken = (path.name.split(".")[2] for path in folder.glob("root.signer.*.key.pem"))  # left behind, or in use
    number = max((int(one) for one in taken if one.isdigit()), default=0)
    with ExitStack() as undo:
        for at, key in enumerate(new, number + 1):
            _write_signer(folder, at, key, passphrase, undo)
        try:
            write_new(_version(folder, version), data)
        except FileExistsError:
            raise WrongUsage("attest.root_taken", version=str(version)) from None
        undo.pop_all()


def _fill(folder: Path, name: str, passphrase: bytes, at: datetime, signers: int, threshold: int) -> None:
    """Everything that a new folder holds."""
    made = {role: keys.generate() for role in authority_state.AUTHORITIES}
    subjects = {  # "Local" stands in every subject: nobody takes it for an accreditation
        "root": profiles.name("Local accreditation root", name),
        "body": profiles.name("Local verification body", name),
        "clock": profiles.name("Local time-stamp authority", name),
    }
    root_certificate = profiles.root(subjects["root"], made["root"], at, at + 10 * _YEAR)
    issuer = Issuer(root_certificate, made["root"])
    issued = {
        "root": root_certificate,
        "body": profiles.body(subjects["body"], made["body"].public_key(), issuer, at, at + 5 * _YEAR),
        "clock": profiles.time_authority(subjects["clock"], made["clock"].public_key(), issuer, at, at + 10 * _YEAR),
    }
    for role, certificate in issued.items():
        write_new(folder / f"{role}.pem", write_pem([certificate]))
        keys.write(folder / f"{role}.key.pem", made[role], passphrase)
    state = State(tuple(Issued(certificate, role) for role, certificate in issued.items()))
    write_new(folder / authority_state.NAME, authority_state.write(state))
    own = [keys.generate() for _ in range(signers)]
    for number, key in enumerate(own, 1):
        _write_signer(folder, number, key, passphrase)
    anchor = Anchor(root_certificate, at)
    trusted = trusted_root.write(Anchors([anchor], [anchor]), below=(issued["body"], issued["clock"]))
    first = Root(1, threshold, root.keyed(one.public_key() for one in own), trusted)
    signed = root.sign(root.write(first), {spki_sha256(one.public_key()): with_key(one) for one in own})
    (folder / "trust").mkdir()
    write_new(_version(folder, 1), dsse.write(signed))


def _write_signer(
    folder: Path, number: int, key: ec.EllipticCurvePrivateKey, passphrase: bytes, undo: ExitStack | None = None
) -> None:
    private, public = signer_key(folder, number), folder / f"root.signer.{number}.pem"
    keys.write(private, key, passphrase)
    if undo is not None:
        undo.callback(private.unlink, missing_ok=True)
        undo.callback(public.unlink, missing_ok=True)
    write_new(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _version(folder: Path, version: int) -> Path:
    return folder / "trust" / f"root.{version}.dsse.json"
