"""RFC 3161 over HTTP, against an authority on this machine's loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.unit.attest.people import SIGNED, World
from verify.attest import asn1, timestamp, timestamp_client
from verify.attest.clock import Clock
from verify.errors import NotVerified, TrueZeroError, WrongUsage

WORLD = World()
CLOCK = Clock(WORLD.clock, WORLD.clock_key)
SIGNATURE = b"signature"


class Authority(ThreadingHTTPServer):
    """Answers as it is told to."""

    kind = "application/timestamp-reply"
    status = 200
    asked: list[str | None]

    def answer(self, request: bytes) -> bytes:
        return CLOCK.answer(request, SIGNED)


class Handler(BaseHTTPRequestHandler):
    """One POST."""

    server: Authority

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self.headers["Content-Type"])
        body = self.server.answer(request)
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the library
        """Says nothing."""


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    monkeypatch.setenv("no_proxy", "*")
    with Authority(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def address(server: Authority) -> str:
    return f"http://127.0.0.1:{server.server_port}/tsa"


def reason(call: Callable[[], object], kind: type[TrueZeroError] = NotVerified) -> str:
    with pytest.raises(kind) as error:
        call()
    return error.value.key


def test_a_token_is_had_and_holds(authority: Authority) -> None:
    token = timestamp_client.ask(address(authority), SIGNATURE)
    assert timestamp.verify(token, SIGNATURE, [WORLD.root.certificate]).at == SIGNED
    assert authority.asked == ["application/timestamp-query"]


def test_a_status_text_is_dropped(authority: Authority) -> None:
    """Authorities say "Operation Okay"; nobody signs it."""

    def noisy(request: bytes) -> bytes:
        token = asn1.element(CLOCK.answer(request, SIGNED)).children()[1].raw
        text = asn1.encode(asn1.SEQUENCE, asn1.encode(0x0C, b"Operation Okay"))
        return asn1.encode(asn1.SEQUENCE, asn1.encode(asn1.SEQUENCE, asn1.encode_integer(0), text), token)

    authority.answer = noisy  # type: ignore[method-assign]
    token = timestamp_client.ask(address(authority), SIGNATURE)
    assert timestamp.verify(token, SIGNATURE, [WORLD.root.certificate]).at == SIGNED


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: CLOCK.answer(timestamp.request(SIGNATURE), SIGNED),  # an old token: another nonce
        lambda _: CLOCK.answer(timestamp.request(b"other"), SIGNED),
        lambda _: asn1.encode(asn1.SEQUENCE, asn1.encode(asn1.SEQUENCE, asn1.encode_integer(2))),  # rejection
        lambda _: asn1.encode(asn1.SEQUENCE, asn1.encode(asn1.SEQUENCE)),
        lambda _: b"",
        lambda _: b"<html>",
        lambda _: b"\x30" * (timestamp_client.LONGEST + 1),
    ],
)
def test_answers_that_do_not_fit(answer: Callable[[bytes], bytes], authority: Authority) -> None:
    authority.answer = answer  # type: ignore[method-assign]
    assert reason(lambda: timestamp_client.ask(address(authority), SIGNATURE)) == "attest.time_unreadable"


def test_another_kind_of_answer(authority: Authority) -> None:
    authority.kind = "text/html"
    assert reason(lambda: timestamp_client.ask(address(authority), SIGNATURE)) == "attest.time_unreadable"


def test_an_authority_that_is_not_there(authority: Authority) -> None:
    authority.status = 503
    there = address(authority)
    assert reason(lambda: timestamp_client.ask(there, SIGNATURE), WrongUsage) == "attest.time_unreachable"
    gone = "http://127.0.0.1:9/"  # the discard port: nobody listens
    assert reason(lambda: timestamp_client.ask(gone, SIGNATURE, 5), WrongUsage) == "attest.time_unreachable"


@pytest.mark.parametrize("other", ["file:///etc/hostname", "ftp://example.org/", "tsa.example.org", ""])
def test_other_addresses(other: str) -> None:
    assert reason(lambda: timestamp_client.ask(other, SIGNATURE), WrongUsage) == "attest.time_address"
