"""``VERIFY.md``: how a bundle is checked by hand, with programs that are not ours."""

from __future__ import annotations

from verify import resources


def instructions() -> bytes:
    """The page of the templates, byte for byte: it is the same in every bundle of this version."""
    return (resources.templates() / "bundle" / "VERIFY.md").read_bytes()
