"""The fixed list of a bundle's members (attestation section 2): which must be there, and which may stand outside SHA256SUMS."""

from __future__ import annotations

import re

NAME = "SHA256SUMS"
UNSIGNED = ("attest/", "log/", "trust/")  # made after the subject is signed, so never in it

SIGNED_MEMBERS = frozenset(
    {
        *("VERIFY.md", "datapackage.json", "findings.sarif", "index.html", "report.en.html", "report.json"),
        *("data/cells.csv", "ro-crate-metadata.json", "ruler.json"),
    }
)
ATTESTED_MEMBERS = frozenset(
    {
        "attest/lead.sigstore.json",
        "attest/lead.tsr",
        "attest/reviewer.sigstore.json",
        "attest/reviewer.tsr",
        "attest/verification.dsse.json",
        "trust/chain.pem",
        "trust/crls.pem",
    }
)
FURTHER_CHAIN, FURTHER_LISTS = "trust/further.pem", "trust/further.crls.pem"  # of further signatories alone (ADR 0017)
_MAY = frozenset(
    {
        *("log/engagement.tlog-proof", "log/entries", "log/released.jsonl", "log/verdict.tlog-proof"),
        "trust/trusted_root.json",
        *(FURTHER_CHAIN, FURTHER_LISTS),
    }
)
# Tokens by the name of the signatory (`Statement.named`): the second and next of a role with the beginning of its key's digest.
_TOKEN = re.compile(r"attest/(?:further|(?:lead|reviewer|further)\.[0-9a-f]{8})\.tsr", re.ASCII)
_ROOT = re.compile(r"trust/root\.[1-9][0-9]{0,5}\.dsse\.json", re.ASCII)


def outside(name: str) -> bool:
    """Whether a member may stand in the bundle without standing in SHA256SUMS."""
    if name == NAME or name in ATTESTED_MEMBERS or name in _MAY:
        return True
    return any(form.fullmatch(name) is not None for form in (_ROOT, _TOKEN))
