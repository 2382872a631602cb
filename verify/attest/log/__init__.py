"""The log of engagements: append-only, in static files that any transparency-log program reads (attestation.md section 7).

C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-proof and tlog-policy over an RFC 6962 tree. Here: the
tree, notes, files, entries, witnesses, the rules L1 to L5. Not here: what a bundle makes of it (bundle), the clock (callers).
Formats: docs/formats/log.md. A leaf: canonical, errors, `shape` and `keys` beside it, and `cryptography`.
"""
