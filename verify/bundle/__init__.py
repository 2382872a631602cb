"""The published, signed folder or zip that anyone can check offline (attestation.md section 2).

Here: writing a bundle, reading a hostile one in memory, the exact set of its members and the one form of each.
Not here: what may be public (disclosure), how a signature or a proof is made (attest), the tables of a submission (road).
"""

from verify.bundle.canonical_members import check_canonical, json_lines, read_json, read_json_lines
from verify.bundle.container import Container, open_container, read_container
from verify.bundle.limits import STANDARD, Limits
from verify.bundle.member_names import check_name, check_names
from verify.bundle.member_set import MemberFault, member_faults
from verify.bundle.members import ATTESTED_MEMBERS, SIGNED_MEMBERS
from verify.bundle.pem import pem_blocks, pem_bytes
from verify.bundle.refused import Refused
from verify.bundle.sums import parse_sums, signed, write_sums
from verify.bundle.writing import write_bundle, write_folder, write_zip
from verify.bundle.zip_read import read_zip
from verify.bundle.zip_write import zip_bytes

__all__ = [
    "ATTESTED_MEMBERS",
    "SIGNED_MEMBERS",
    "STANDARD",
    "Container",
    "Limits",
    "MemberFault",
    "Refused",
    "check_canonical",
    "check_name",
    "check_names",
    "json_lines",
    "member_faults",
    "open_container",
    "parse_sums",
    "pem_blocks",
    "pem_bytes",
    "read_container",
    "read_json",
    "read_json_lines",
    "read_zip",
    "signed",
    "write_bundle",
    "write_folder",
    "write_sums",
    "write_zip",
    "zip_bytes",
]
