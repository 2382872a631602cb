"""Run by the judges' own Python: securesystemslib on an envelope. Arguments: ENVELOPE THRESHOLD KEYID=PEM …"""

import copy
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey


def main(envelope: str, threshold: str, *keys: str) -> str:
    """`good` and how many keys were counted, or `bad` and why."""
    held = [_key(*one.split("=", 1)) for one in keys]
    value = json.loads(Path(envelope).read_bytes())
    try:
        taken = Envelope.from_dict(copy.deepcopy(value)).verify(
            held, int(threshold)
        )  # from_dict alters what it is given
    except VerificationError as error:
        return f"bad {error}"
    return f"good {len(taken)}"


def _key(keyid: str, pem: str) -> SSlibKey:
    return SSlibKey.from_crypto(load_pem_public_key(Path(pem).read_bytes()), keyid=keyid)


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
