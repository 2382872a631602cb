"""The one refusal of this package: a container, a member or a list of digests that breaks a rule of attestation 10."""

from __future__ import annotations

from verify.errors import NotVerified


class Refused(NotVerified):
    """A bundle that breaks `rule` (Z3 to Z9). `key` is a message of the catalogue ``bundle``, without its area.

    `member` is the name as it stands in the bundle, with every byte that is not printable ASCII written out.
    """

    def __init__(self, key: str, rule: str, /, *, member: str = "", **arguments: object) -> None:
        self.rule = rule
        self.member = shown(member)
        super().__init__(f"bundle.{key}", rule=rule, member=self.member, **arguments)


def shown(name: str | bytes) -> str:
    """A hostile name that may be printed: ASCII, no controls, cut at 100 characters."""
    text = name if isinstance(name, str) else name.decode("latin-1")
    return text.encode("unicode_escape").decode("ascii")[:100]
