"""The canonical zip of a set of members (attestation Z1), laid out here byte by byte.

Nothing is left to a library: the same members give the same bytes on every Python and every zlib. Layout: APPNOTE.TXT
4.3.7 (local header), 4.3.12 (central header), 4.3.16 (end record); no extra field, no comment, no data descriptor.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from verify.bundle.limits import STANDARD
from verify.bundle.member_names import check_names

_VERSION = 20  # APPNOTE 4.4.3.2: 2.0, what every program reads
_UNIX = 3  # create_system
_DATE = 1 << 5 | 1  # 1980-01-01 in MS-DOS form; the time is 0
_REGULAR_0644 = 0o100644 << 16

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """The one zip that these members have. Raises `Refused` (Z4, Z6) for a set that no reader of ours would take."""
    check_names(members)
    STANDARD.count(len(members))
    STANDARD.size(sum(map(len, members.values())))
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name in sorted(members):  # ASCII: by characters is by bytes
        data, raw = members[name], name.encode("ascii")
        common = (_VERSION, 0, 0, 0, _DATE, zlib.crc32(data), len(data), len(data), len(raw), 0)
        local += [_LOCAL.pack(b"PK\x03\x04", *common), raw, data]
        central += [_CENTRAL.pack(b"PK\x01\x02", _UNIX << 8 | _VERSION, *common, 0, 0, 0, _REGULAR_0644, offset), raw]
        offset += _LOCAL.size + len(raw) + len(data)
    directory = b"".join(central)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), offset, 0)
    return b"".join([*local, directory, end])
