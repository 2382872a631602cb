"""Which checks answer for a file: one of them fails where a byte of it is another one."""

from __future__ import annotations

from verify.bundle.members import outside

_SIGNER = ("signature", "time", "chain", "revocation", "time_revocation", "sigstore")
_BY_NAME = {
    "SHA256SUMS": {"subject"},
    "attest/verification.dsse.json": {"envelope", "statement", "subject", "signatories", "signature", "time"},
    "trust/chain.pem": {"canonical", "certificates", "signature", "chain", "revocation", "sigstore", "unused"},
    "trust/crls.pem": {"canonical", "certificates", "revocation", "time_revocation", "unused"},
    "trust/root.1.dsse.json": {"root"},
    "trust/trusted_root.json": {"root"},
}


def watched(name: str) -> frozenset[str]:
    """The checks of a file of the small bundle, each with the name of its signer."""
    if name.startswith("attest/") and name.endswith((".tsr", ".sigstore.json")):
        role, _, kind = name.removeprefix("attest/").partition(".")
        return frozenset({f"{'time' if kind == 'tsr' else 'sigstore'}.{role}"})
    if not outside(name):
        return frozenset({"members"})
    return frozenset(
        full
        for check in _BY_NAME[name]
        for full in ([f"{check}.lead", f"{check}.reviewer"] if check in _SIGNER else [check])
    )
