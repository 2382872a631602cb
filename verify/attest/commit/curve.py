"""NIST P-256 in plain integers: points, their sums and multiples, and the 33 octets of each.

Curve: SP 800-186 section 3.2.1.3, y² = x³ - 3x + b over the field of `P` elements, a group of prime order `N` with cofactor 1.
Encoding: SEC 1 section 2.3.3, compressed. Sums run in Jacobian coordinates; formulas add-2007-bl, madd-2007-bl and dbl-2001-b
of the Explicit-Formulas Database. Running time depends on the numbers: for what everybody may see, and see `many` for secrets.
"""

from __future__ import annotations

from collections.abc import Iterable

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
A = P - 3
Point = tuple[int, int]  # of the curve, without the neutral element, which is None
G: Point = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
SIZE = 33  # octets of an encoded point
_Jacobian = tuple[int, int, int]
_NEUTRAL: _Jacobian = (1, 1, 0)


def right_side(x: int) -> int:
    """x³ - 3x + b."""
    return ((x * x - 3) * x + B) % P


def root_of(square: int) -> int | None:
    """A square root in the field, None where there is none; P is 3 modulo 4."""
    found = pow(square, (P + 1) >> 2, P)
    return found if found * found % P == square % P else None


def encode(point: Point) -> bytes:
    """The 33 octets of a point."""
    return bytes((2 | (point[1] & 1),)) + point[0].to_bytes(32, "big")


def decode(data: bytes) -> Point:
    """The point of 33 octets. Raises ValueError for anything else than the one encoding of a point of the curve."""
    if len(data) != SIZE or data[0] not in (2, 3):
        raise ValueError("no compressed point")
    x = int.from_bytes(data[1:], "big")
    y = root_of(right_side(x)) if x < P else None
    if y is None:
        raise ValueError("no point of the curve")
    return x, y if y & 1 == data[0] & 1 else P - y


def negative(point: Point | None) -> Point | None:
    """The point that adds up to nothing with this one."""
    return None if point is None else (point[0], P - point[1])


def added(points: Iterable[Point | None]) -> Point | None:
    """The sum of all points."""
    found = _NEUTRAL
    for one in points:
        if one is not None:
            found = _mixed(found, one)
    return _affine(found)


def multiple(scalar: int, point: Point | None) -> Point | None:
    """`scalar` times the point, for any integer; windows of four bits."""
    scalar %= N
    if point is None or not scalar:
        return None
    table: list[_Jacobian] = [_NEUTRAL, (*point, 1)]
    for _ in range(14):
        table.append(_mixed(table[-1], point))
    found = _NEUTRAL
    for shift in range((scalar.bit_length() - 1) // 4 * 4, -1, -4):
        for _ in range(4):
            found = _doubled(found)
        found = _sum(found, table[(scalar >> shift) & 15])
    return _affine(found)


def weighted(parts: Iterable[tuple[int, Point | None]]) -> Point | None:
    """The sum of scalar x point; a negative scalar of few bits stays one of few bits."""
    return added(
        negative(multiple(-scalar, point)) if scalar < 0 else multiple(scalar, point) for scalar, point in parts
    )


def _affine(point: _Jacobian) -> Point | None:
    x, y, z = point
    if not z:
        return None
    inverse = pow(z, -1, P)
    square = inverse * inverse % P
    return x * square % P, y * square * inverse % P


def _doubled(point: _Jacobian) -> _Jacobian:
    x, y, z = point
    if not z:
        return point
    delta, gamma = z * z % P, y * y % P
    beta = x * gamma % P
    alpha = 3 * (x - delta) * (x + delta) % P
    third = (alpha * alpha - 8 * beta) % P
    return third, (alpha * (4 * beta - third) - 8 * gamma * gamma) % P, 2 * y * z % P


def _mixed(first: _Jacobian, second: Point) -> _Jacobian:
    x1, y1, z1 = first
    if not z1:
        return (*second, 1)
    square = z1 * z1 % P
    h = (second[0] * square - x1) % P
    r = (second[1] * square * z1 - y1) % P
    if not h:
        return _doubled(first) if not r else _NEUTRAL
    hh = h * h % P
    hhh = h * hh % P
    v = x1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - y1 * hhh) % P, z1 * h % P


def _sum(first: _Jacobian, second: _Jacobian) -> _Jacobian:
    x1, y1, z1 = first
    x2, y2, z2 = second
    if not z1:
        return second
    if not z2:
        return first
    s1, s2 = z1 * z1 % P, z2 * z2 % P
    u1 = x1 * s2 % P
    t1 = y1 * s2 * z2 % P
    h = (x2 * s1 - u1) % P
    r = (y2 * s1 * z1 - t1) % P
    if not h:
        return _doubled(first) if not r else _NEUTRAL
    hh = h * h % P
    hhh = h * hh % P
    v = u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - t1 * hhh) % P, z1 * z2 * h % P
