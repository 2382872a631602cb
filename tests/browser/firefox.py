"""Firefox over its Marionette socket, with the standard library only: a page from a file, files given to its inputs, a script's value.

The port is one that Firefox picks on this machine's own address and writes into its profile.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import Any

NAMES = ("firefox-esr", "firefox")
PATIENCE = 90.0  # seconds for a start or an answer: the machine may be busy
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver, 12.1: how a reference to an element is written


def find() -> str | None:
    """The path of a Firefox on this machine; None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """A running Firefox with one page. Use `running()`."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._buffer = b""
        self._number = 0
        self._next()  # who it is
        self.call("WebDriver:NewSession", {})

    def call(self, command: str, params: dict[str, Any]) -> Any:
        """One command and its answer."""
        self._number += 1
        text = json.dumps([0, self._number, command, params]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, found = self._next()
        assert error is None, (command, error)
        return found.get("value", found) if isinstance(found, dict) else found

    def open(self, path: Path) -> None:
        """Load a file and wait until it has loaded."""
        self.call("WebDriver:Navigate", {"url": path.resolve().as_uri()})

    def give(self, selector: str, path: Path) -> None:
        """Choose a file in an input."""
        found = self.call("WebDriver:FindElement", {"using": "css selector", "value": selector})
        self.call("WebDriver:ElementSendKeys", {"id": found[_ELEMENT], "text": str(path.resolve())})

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        return self.call("WebDriver:ExecuteScript", {"script": f"return {expression}", "args": []})

    def close(self) -> None:
        """Leave the socket; who started the browser ends it."""
        self._socket.close()

    def _next(self) -> Any:
        while b":" not in self._buffer:
            self._buffer += self._some()
        size, _, self._buffer = self._buffer.partition(b":")
        while len(self._buffer) < int(size):
            self._buffer += self._some()
        text, self._buffer = self._buffer[: int(size)], self._buffer[int(size) :]
        return json.loads(text)

    def _some(self) -> bytes:
        found = self._socket.recv(1 << 16)
        if not found:
            raise EOFError("Firefox ended")
        return found


@contextmanager
def running(program: str) -> Iterator[Browser]:
    """A Firefox with a profile of its own, ended on the way out."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        (Path(profile) / "user.js").write_text('user_pref("marionette.port", 0);\n', encoding="ascii")
        arguments = [program, "--headless", "--marionette", "--no-remote", "--profile", profile, "about:blank"]
        child = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=_apart(profile)
        )
        try:
            browser = Browser(_port(Path(profile), child))
            try:
                yield browser
            finally:
                browser.close()
        finally:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _apart(profile: str) -> dict[str, str]:
    """The environment, with a home of its own: Firefox writes into it."""
    return {**os.environ, "HOME": profile, "MOZ_HEADLESS": "1"}


def _port(profile: Path, child: subprocess.Popen[bytes]) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if child.poll() is not None:
            raise EOFError("Firefox ended")
        told = profile / "MarionetteActivePort"
        text = told.read_text(encoding="ascii").strip() if told.is_file() else ""
        if text.isdigit():
            return int(text)
        select([], [], [], 0.1)
    raise TimeoutError("Firefox did not start")
