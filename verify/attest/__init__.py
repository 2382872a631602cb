"""Signatures that two people answer for, and their verification without a network.

Import graph (DESIGN 2): canonical and errors only, beside `cryptography` and `rfc3161-client`; no table engine, no ruler.
Rule ids in comments (E1, I1, R1, T1 …) are those of the design of attestation; docs/formats/attest.md says them too.
"""
