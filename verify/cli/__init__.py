"""The command line. Nothing here knows regulation: it asks `verify.road` and says the answer in the reader's language.

This file imports as little as it can: `truezero --help` must not wake a table engine.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of ``truezero`` and ``python -m verify``; ends the process with the exit code of DESIGN 11."""
    try:
        from verify.cli.app import truezero
        from verify.cli.ending import ended, prepare
        from verify.cli.out import closed
    except KeyboardInterrupt:  # Ctrl-C while Python still loads
        sys.exit(130)
    prepare()
    code = ended(truezero)
    closed()
    sys.exit(code)
