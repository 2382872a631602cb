"""The kinds of entries (attestation.md section 7), by what they do to an engagement."""

from __future__ import annotations

OPENED, SUBMISSION, HISTORY, CHOICE = "engagement-opened", "submission", "history-commit", "choice"
VERDICT, TERMINATED, SUPERSEDED, WITHDRAWN = "verdict", "terminated", "superseded", "withdrawn"
RELEASE, KEY = "verifier-release", "key-event"
KINDS = (OPENED, SUBMISSION, HISTORY, CHOICE, VERDICT, TERMINATED, SUPERSEDED, WITHDRAWN, RELEASE, KEY)
ENDS = frozenset({VERDICT, TERMINATED})  # L3: what ends an engagement
REPLIES = frozenset({SUPERSEDED, WITHDRAWN})  # are about an earlier verdict
OWN = frozenset({RELEASE, KEY})  # of the body or the program, of no engagement; nothing in them is kept back
