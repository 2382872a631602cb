"""Where a passphrase comes from: a file of one's own, the environment, a terminal. It is shown nowhere."""

from __future__ import annotations

import os
import pty
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.command import ROOT, environment
from verify.cli.secrets import passphrase
from verify.errors import WrongUsage

SECRET = "核查 passphrase"


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(WrongUsage) as error:
        call()
    assert SECRET not in str(error.value)
    return error.value.key


def kept(path: Path, data: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(data)
    path.chmod(mode)
    return path


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRUEZERO_PASSPHRASE", raising=False)
    monkeypatch.delenv("TRUEZERO_CLOCK_PASSPHRASE", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\nsecond line\n"])
def test_the_first_line_of_a_file(end: bytes, tmp_path: Path) -> None:
    assert passphrase(kept(tmp_path / "p", SECRET.encode() + end), "en") == SECRET.encode()
    assert passphrase(kept(tmp_path / "q", b" " + SECRET.encode() + b" " + end), "zh") == f" {SECRET} ".encode()


def test_a_file_that_is_no_secret(tmp_path: Path) -> None:
    for mode in (0o640, 0o604, 0o660, 0o644):
        path = kept(tmp_path / "p", SECRET.encode(), mode)
        assert reason(lambda path=path: passphrase(path, "en")) == "keys.passphrase_readable"
    for data in (b"", b"\n", b"\r\n", b"\n" + SECRET.encode()):
        path = kept(tmp_path / "p", data)
        assert reason(lambda path=path: passphrase(path, "en")) == "keys.passphrase_file_empty"
    for path in (tmp_path / "nowhere", tmp_path):
        assert reason(lambda path=path: passphrase(path, "en")) == "cli.cannot_read"


def test_file_before_environment_before_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason(lambda: passphrase(None, "en")) == "keys.passphrase_missing"
    monkeypatch.setenv("TRUEZERO_PASSPHRASE", "")
    assert reason(lambda: passphrase(None, "en")) == "keys.passphrase_missing"
    monkeypatch.setenv("TRUEZERO_PASSPHRASE", SECRET)
    assert passphrase(None, "en", confirm=True) == SECRET.encode()
    assert passphrase(kept(tmp_path / "p", b"another"), "en") == b"another"
    with pytest.raises(WrongUsage) as error:
        passphrase(None, "en", whose="clock")
    assert error.value.arguments == {"option": "clock-passphrase-file", "variable": "TRUEZERO_CLOCK_PASSPHRASE"}
    monkeypatch.setenv("TRUEZERO_CLOCK_PASSPHRASE", "clock")
    assert passphrase(None, "en", whose="clock") == b"clock"


ASKS = "import sys; from verify.cli.secrets import passphrase; print(passphrase(None, 'en', confirm=True)[::-1].hex())"


def typed(*answers: str) -> str:
    """What stands on a terminal where a passphrase was asked for and typed."""
    env = environment({"TERM": "xterm"})
    env.pop("TRUEZERO_PASSPHRASE", None)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-c", ASKS], env)
    waiting, said = list(answers), ""
    try:
        while piece := os.read(terminal, 1024):
            said += piece.decode("utf-8", errors="replace")
            if waiting and said.rstrip(" ").endswith(":"):
                os.write(terminal, f"{waiting.pop(0)}\n".encode())
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(terminal)
    os.waitpid(child, 0)
    return said


def test_it_is_typed_twice_and_not_shown() -> None:
    said = typed(SECRET, SECRET)
    assert SECRET.encode()[::-1].hex() in said
    assert SECRET not in said
    assert said.startswith("Passphrase:")
    assert "Again:" in said
    assert "passphrase_differs" in typed(SECRET, "other")
    assert "passphrase_empty" in typed("", "")
