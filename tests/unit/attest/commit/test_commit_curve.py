"""P-256 and hashing to it: RFC 9380 J.1.1 and K.1, the group's laws, and what is no encoding of a point."""

from __future__ import annotations

import pytest

from verify.attest.commit import curve
from verify.attest.commit.curve import G, N, P, added, decode, encode, multiple, negative, weighted
from verify.attest.commit.hashing import expand_message, hash_to_curve, hash_to_field, map_to_curve

DST = b"QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_RO_"
RFC_9380_J_1_1 = {  # message: P.x, P.y, u[0], u[1], Q0.x, Q1.x
    b"": (
        "2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4",
        "8a7a74985cc5c776cdfe4b1f19884970453912e9d31528c060be9ab5c43e8415",
        "ad5342c66a6dd0ff080df1da0ea1c04b96e0330dd89406465eeba11582515009",
        "8c0f1d43204bd6f6ea70ae8013070a1518b43873bcd850aafa0a9e220e2eea5a",
        "ab640a12220d3ff283510ff3f4b1953d09fad35795140b1c5d64f313967934d5",
        "51cce63c50d972a6e51c61334f0f4875c9ac1cd2d3238412f84e31da7d980ef5",
    ),
    b"abc": (
        "0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f",
        "5c41b3d0731a27a7b14bc0bf0ccded2d8751f83493404c84a88e71ffd424212e",
        "afe47f2ea2b10465cc26ac403194dfb68b7f5ee865cda61e9f3e07a537220af1",
        "379a27833b0bfe6f7bdca08e1e83c760bf9a338ab335542704edcd69ce9e46e0",
        "5219ad0ddef3cc49b714145e91b2f7de6ce0a7a7dc7406c7726c7e373c58cb48",
        "019b7cb4efcfeaf39f738fe638e31d375ad6837f58a852d032ff60c69ee3875f",
    ),
    b"abcdef0123456789": (
        "65038ac8f2b1def042a5df0b33b1f4eca6bff7cb0f9c6c1526811864e544ed80",
        "cad44d40a656e7aff4002a8de287abc8ae0482b5ae825822bb870d6df9b56ca3",
        "0fad9d125a9477d55cf9357105b0eb3a5c4259809bf87180aa01d651f53d312c",
        "b68597377392cd3419d8fcc7d7660948c8403b19ea78bbca4b133c9d2196c0fb",
        "a17bdf2965eb88074bc01157e644ed409dac97cfcf0c61c998ed0fa45e79e4a2",
        "7da48bb67225c1a17d452c983798113f47e438e4202219dd0715f8419b274d66",
    ),
    b"q128_" + b"q" * 128: (
        "4be61ee205094282ba8a2042bcb48d88dfbb609301c49aa8b078533dc65a0b5d",
        "98f8df449a072c4721d241a3b1236d3caccba603f916ca680f4539d2bfb3c29e",
        "3bbc30446f39a7befad080f4d5f32ed116b9534626993d2cc5033f6f8d805919",
        "76bb02db019ca9d3c1e02f0c17f8baf617bbdae5c393a81d9ce11e3be1bf1d33",
        "c76aaa823aeadeb3f356909cb08f97eee46ecb157c1f56699b5efebddf0e6398",
        "418ac3d85a5ccc4ea8dec14f750a3a9ec8b85176c95a7022f391826794eb5a75",
    ),
    b"a512_" + b"a" * 512: (
        "457ae2981f70ca85d8e24c308b14db22f3e3862c5ea0f652ca38b5e49cd64bc5",
        "ecb9f0eadc9aeed232dabc53235368c1394c78de05dd96893eefa62b0f4757dc",
        "4ebc95a6e839b1ae3c63b847798e85cb3c12d3817ec6ebc10af6ee51adb29fec",
        "4e21af88e22ea80156aff790750121035b3eefaa96b425a8716e0d20b4e269ee",
        "d88b989ee9d1295df413d4456c5c850b8b2fb0f5402cc5c4c7e815412e926db8",
        "a281e34e628f3a4d2a53fa87ff973537d68ad4fbc28d3be5e8d9f6a2571c5a4b",
    ),
}


@pytest.mark.parametrize("message", RFC_9380_J_1_1)
def test_hash_to_curve_gives_the_points_of_the_rfc(message: bytes) -> None:
    x, y, *rest = (int(one, 16) for one in RFC_9380_J_1_1[message])
    elements = hash_to_field(message, DST, 2)
    assert elements == rest[:2]
    assert [map_to_curve(one)[0] for one in elements] == rest[2:]
    assert hash_to_curve(message, DST) == (x, y)


def test_the_tags_of_a_draft_give_another_point() -> None:
    assert hash_to_curve(b"", DST.replace(b"CS02", b"CS01"))[0] != int(RFC_9380_J_1_1[b""][0], 16)


def test_the_exceptional_element_is_mapped() -> None:
    x, y = map_to_curve(0)
    assert (y * y - x**3 + 3 * x - curve.B) % P == 0
    assert y % 2 == 0


def test_a_tag_or_length_that_is_not_admitted_is_refused() -> None:
    for tag, size in ((b"", 32), (b"x" * 256, 32), (b"x", 256 * 32)):
        with pytest.raises(ValueError, match="expand_message_xmd"):
            expand_message(b"", tag, size)


def test_the_group_has_its_order() -> None:
    assert multiple(N, G) is None
    assert multiple(N - 1, G) == negative(G)
    assert added([G, multiple(N - 1, G)]) is None


def test_sums_and_multiples_agree() -> None:
    seven = multiple(7, G)
    assert added([G] * 7) == seven
    assert added([seven, G, None, negative(G)]) == seven
    assert weighted([(3, G), (-10, G)]) == negative(seven)
    assert added([seven, seven]) == multiple(14, G)
    assert added([]) is None
    assert multiple(5, None) is None
    big = 0xC6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3D
    assert added([multiple(big, G), multiple(N - big, G)]) is None


def test_encodings_of_points() -> None:
    for scalar in (1, 2, 3, 112233445566778899, N - 1):
        point = multiple(scalar, G)
        assert point is not None
        assert decode(encode(point)) == point


def test_the_encoding_is_that_of_the_library() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    for scalar in (1, 12345, N - 2):
        public = ec.derive_private_key(scalar, ec.SECP256R1()).public_key()
        point = multiple(scalar, G)
        assert point is not None
        assert public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint) == encode(point)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        encode(G)[:-1],
        encode(G) + b"\x00",
        b"\x04" + encode(G)[1:],
        b"\x00" + encode(G)[1:],
        b"\x02" + P.to_bytes(32, "big"),
        b"\x02" + (P + 5).to_bytes(32, "big"),  # 5 is the x of a point
        b"\x02" + (1).to_bytes(32, "big"),  # 1 - 3 + b is no square
    ],
)
def test_what_is_no_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="point"):
        decode(data)
