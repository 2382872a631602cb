"""Signatures, certificates, time stamps and the transparency log (attestation.md).

Here: keys, DSSE envelopes, chains and revocation, RFC 3161 tokens, log entries, checkpoints and inclusion proofs.
Not here: parks, rulers and tables. It imports `canonical` and `errors` only, and of packages cryptography and rfc3161-client.
"""
