"""Asking a time-stamp authority over HTTP (RFC 3161 3.4). Only signing asks; nothing that verifies opens a connection."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException

import rfc3161_client

from verify.attest import asn1, timestamp
from verify.errors import NotVerified, WrongUsage

LONGEST = 64 * 1024  # octets of an answer; a token with its chain has some thousand
_GRANTED = asn1.encode(asn1.SEQUENCE, asn1.encode_integer(0))


def ask(address: str, signature: bytes, timeout: float = 30.0) -> bytes:
    """The token of the authority at `address` for these signature bytes, as a DER TimeStampResp in our form.

    `timeout` in seconds. The answer fits the question (imprint and nonce); who signed it is for `timestamp.verify`.
    Raises WrongUsage `attest.time_address`, `attest.time_unreachable`; NotVerified `attest.time_unreadable`.
    """
    if not address.startswith(("http://", "https://")):
        raise WrongUsage("attest.time_address", address=address)
    question = timestamp.request(signature)
    asked = urllib.request.Request(
        address, data=question, headers={"Content-Type": "application/timestamp-query"}, method="POST"
    )
    try:
        with urllib.request.urlopen(asked, timeout=timeout) as reply:
            kind, data = reply.headers.get_content_type(), reply.read(LONGEST + 1)
    except (urllib.error.URLError, HTTPException, OSError) as error:
        raise WrongUsage("attest.time_unreachable", address=address, detail=str(error)) from None
    if kind != "application/timestamp-reply" or len(data) > LONGEST:
        raise NotVerified("attest.time_unreadable", detail=f"{kind}, {len(data)} octets")
    return fitted(question, data)


def fitted(question: bytes, answer: bytes) -> bytes:
    """The answer without the status text that nobody signed, when it fits the question.

    Raises NotVerified `attest.time_unreadable` for a refusal, another imprint or another nonce.
    """
    try:
        _, imprint, nonce, *_ = asn1.element(question).children()
        status, *token = asn1.element(answer).expect(asn1.SEQUENCE).children()
        if status.expect(asn1.SEQUENCE).children()[0].integer() != 0 or len(token) != 1:
            raise NotVerified("attest.time_unreadable", detail="not granted")
        response = asn1.encode(asn1.SEQUENCE, _GRANTED, token[0].raw)
        information = rfc3161_client.decode_timestamp_response(response).tst_info
        if information.nonce != nonce.integer():
            raise NotVerified("attest.time_unreadable", detail="another nonce")
        if information.message_imprint.message != imprint.children()[1].body:
            raise NotVerified("attest.time_unreadable", detail="another imprint")
    except (ValueError, IndexError) as error:
        raise NotVerified("attest.time_unreadable", detail=str(error)) from None
    return response
