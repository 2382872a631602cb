"""The same content in other bytes: JSON, PEM, CSV, base64 and SHA256SUMS in forms that other readers take for the same."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.mutation.mutant import Mutant, group
from tests.mutation.small import CONTENT, GOOD, HOME, REPORT, SEAL, Members, payload_of, sealed
from tests.mutation.watched import watched
from verify.bundle.sums import write_sums

JSON = [name for name in sorted(GOOD) if name.endswith((".json", ".sarif"))]
PEM = ["trust/chain.pem", "trust/crls.pem"]
_ANOTHER_VALUE = {"an unknown member", "in a list"}  # canonical, and not what follows from the report
CSV = [name for name in sorted(GOOD) if name.endswith(".csv")]


def _signed_with(name: str, data: bytes) -> Members:
    """A bundle whose two signers signed this form of a file."""
    content = {**CONTENT, name: data}
    del content["SHA256SUMS"]
    content["SHA256SUMS"] = write_sums(content)
    return sealed(content=content, payload=payload_of(REPORT, content, HOME.lead, HOME.reviewer)).members()


def _both(name: str, what: str, data: bytes) -> Iterator[Mutant]:
    """Put in the place of the file; and, where the file is a signed one, signed like that."""
    if data == GOOD[name]:
        return
    yield Mutant(f"{name}: {what}", GOOD | {name: data}, watched(name) | {"canonical"})
    if name in CONTENT:
        other = what in _ANOTHER_VALUE
        checks = {"metadata", "pages", "report", "ruler"} if other else {"canonical"}
        yield Mutant(f"{name}, signed: {what}", _signed_with(name, data), checks)


@group("JSON in another form")
def json_forms() -> Iterator[Mutant]:
    for name in JSON:
        for what, data in _json_forms(GOOD[name]).items():
            yield from _both(name, what, data)


def _json_forms(data: bytes) -> dict[str, bytes]:
    value = json.loads(data)
    key = min(value)
    first = json.dumps(key) + ":" + json.dumps(value[key], ensure_ascii=False, separators=(",", ":"))
    tight = {"ensure_ascii": False, "separators": (",", ":")}
    return {
        "blanks behind the separators": json.dumps(value, ensure_ascii=False).encode(),
        "indented": json.dumps(value, ensure_ascii=False, indent=2).encode(),
        "members in another order": json.dumps(_turned(value), **tight).encode(),  # type: ignore[arg-type]
        "signs written out": json.dumps(value, separators=(",", ":")).encode(),
        "a letter written out": data.replace(b'"' + key[:1].encode(), b'"\\u%04x' % ord(key[0]), 1),
        "slashes escaped": data.replace(b"/", b"\\/"),
        "a line end": data + b"\n",
        "a blank before": b" " + data,
        "a byte order mark": b"\xef\xbb\xbf" + data,
        "UTF-16": data.decode().encode("utf-16"),
        "a key twice": data[:-1] + b"," + first.encode() + b"}",
        "a key twice, the first other": b'{"%s":null,' % key.encode() + data[1:],
        "an unknown member": data[:-1] + b',"~":null}',
        "a comment": b"/**/" + data,
        "a comma too many": data[:-1] + b",}",
        "two values": data + data,
        "in a list": b"[" + data + b"]",
    }


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(list(value))}
    return [_turned(one) for one in value] if isinstance(value, list) else value


@group("base64 in another form")
def base64_forms() -> Iterator[Mutant]:
    for name in (one for one in JSON if one not in CONTENT):
        for where, text in _encoded(json.loads(GOOD[name])):
            data = base64.b64decode(text)
            forms = {
                "another alphabet": base64.urlsafe_b64encode(data).decode(),
                "no padding": text.rstrip("="),
                "padding too many": text + "====",
                "lines": "\n".join(re.findall(".{1,64}", text)),
                "a blank": text[:8] + " " + text[8:],
                "a line end": text + "\n",
                "bits behind the last octet": _spare(text),
                "an octet more": base64.b64encode(data + b"\0").decode(),
                "hexadecimal": data.hex(),
            }
            for what, other in forms.items():
                if other != text:
                    changed = GOOD[name].replace(json.dumps(text).encode(), json.dumps(other).encode())
                    yield Mutant(f"{name}, {where}: {what}", GOOD | {name: changed}, watched(name))


def _encoded(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text that is base64 of something, with its place."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _encoded(one, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _encoded(one, f"{where}[{place}]")
    elif isinstance(value, str) and len(value) > 64 and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", value):
        yield where, value


def _spare(text: str) -> str:
    """Another last letter with the same octets, where the padding leaves bits."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body = text.rstrip("=")
    return text if body == text else body[:-1] + alphabet[alphabet.index(body[-1]) | 1] + text[len(body) :]


@group("PEM in another form")
def pem_forms() -> Iterator[Mutant]:
    for name in PEM:
        for what, data in _pem_forms(GOOD[name]).items():
            yield Mutant(f"{name}: {what}", GOOD | {name: data}, {"canonical", "certificates"})


def _pem_forms(data: bytes) -> dict[str, bytes]:
    text = data.decode()
    blocks = re.findall(r"-----BEGIN [^-]+-----\n.*?-----END [^-]+-----\n", text, re.DOTALL)
    label = re.search("BEGIN ([^-]+)-----", text)[1]  # type: ignore[index]
    return {
        what: other.encode() if isinstance(other, str) else other
        for what, other in {
            "lines of 76": "".join(_wrapped(one, 76) for one in blocks),
            "lines of 32": "".join(_wrapped(one, 32) for one in blocks),
            "one line": "".join(_wrapped(one, 10**6) for one in blocks),
            "the line ends of Windows": text.replace("\n", "\r\n"),
            "a text before": "subject=CN = x\n" + text,
            "a text between": "\n".join(blocks),
            "a text behind": text + "# end\n",
            "a blank at a line end": text.replace("\n", " \n", 2),
            "a blank before the lines": text.replace("\nM", "\n M", 1),
            "no last line end": text[:-1],
            "two last line ends": text + "\n",
            "in another order": "".join(blocks[::-1]),
            "a block twice": text + blocks[0],
            "another label": text.replace(label, {"CERTIFICATE": "X509 CERTIFICATE", "X509 CRL": "CRL"}[label]),
            "the trusted label": text.replace(label, "TRUSTED CERTIFICATE"),
            "an end of another label": text.replace(f"END {label}", "END PKCS7", 1),
            "a header": text.replace("-----\nM", "-----\nProc-Type: 4,CLEAR\n\nM", 1),
            "bits behind the last octet": "".join(_with_spare(one) for one in blocks),
            "an octet behind the element": "".join(_with_more(one) for one in blocks),
            "a key beside": text + "-----BEGIN PUBLIC KEY-----\nMA==\n-----END PUBLIC KEY-----\n",
            "an empty block": text + f"-----BEGIN {label}-----\n-----END {label}-----\n",
            "in capitals": text.upper(),
            "DER": base64.b64decode("".join(blocks[0].splitlines()[1:-1])),
        }.items()
        if other not in (text, data)
    }


def _wrapped(block: str, width: int) -> str:
    head, *lines, tail = block.splitlines()
    body = "".join(lines)
    return "\n".join([head, *re.findall(f".{{1,{width}}}", body), tail]) + "\n"


def _with_spare(block: str) -> str:
    head, *lines, tail = block.splitlines()
    return "\n".join([head, *re.findall(".{1,64}", _spare("".join(lines))), tail]) + "\n"


def _with_more(block: str) -> str:
    head, *lines, tail = block.splitlines()
    longer = base64.b64encode(base64.b64decode("".join(lines)) + b"\0").decode()
    return "\n".join([head, *re.findall(".{1,64}", longer), tail]) + "\n"


@group("tables in another form")
def csv_forms() -> Iterator[Mutant]:
    for name in CSV:
        data = GOOD[name]
        head, *rows = data.decode().splitlines()
        for what, other in {
            "the line ends of Windows": data.replace(b"\n", b"\r\n"),
            "a byte order mark": b"\xef\xbb\xbf" + data,
            "no last line end": data[:-1],
            "an empty line behind": data + b"\n",
            "quoted": "".join(",".join(f'"{one}"' for one in row.split(",")) + "\n" for row in [head, *rows]).encode(),
            "semicolons": data.replace(b",", b";"),
            "a blank behind the commas": data.replace(b",", b", "),
            "a column more": data.replace(b"\n", b",\n"),
        }.items():
            yield Mutant(f"{name}: {what}", GOOD | {name: other}, watched(name))
            yield Mutant(f"{name}, signed: {what}", _signed_with(name, other), {"canonical", "tables"})
        for what, lines in {
            "rows in another order": [head, *rows[::-1]],
            "a row twice": [head, *rows, rows[-1]],
            "a row less": [head, *rows[:-1]],
            "no head": rows,
        }.items():
            other = "".join(f"{line}\n" for line in lines).encode()
            if other != data:
                checks = {"tables", "canonical", "recompute", "metadata"}
                yield Mutant(f"{name}, signed: {what}", _signed_with(name, other), checks)


@group("SHA256SUMS in another form, signed by both")
def sums_forms() -> Iterator[Mutant]:
    text = CONTENT["SHA256SUMS"].decode()
    lines = text.splitlines()
    digest, _, name = lines[0].partition("  ")
    for what, other in {
        "capitals": text.upper(),
        "a digest in capitals": text.replace(digest, digest.upper()),
        "binary marks": text.replace("  ", " *"),
        "one blank": text.replace("  ", " "),
        "a tab": text.replace("  ", "\t"),
        "the line ends of Windows": text.replace("\n", "\r\n"),
        "no last line end": text[:-1],
        "an empty line": text + "\n",
        "a comment": "# sums\n" + text,
        "in another order": "".join(f"{line}\n" for line in reversed(lines)),
        "a line twice": text + lines[-1] + "\n",
        "a file with two digests": f"{lines[0]}\n{'0' * 64}  {name}\n" + "".join(f"{one}\n" for one in lines[1:]),
        "a line less": "".join(f"{line}\n" for line in lines[1:]),
        "from this folder": text.replace("  ", "  ./"),
        "from the root": text.replace("  ", "  /"),
        "from the folder above": text + f"{digest}  ../{name}\n",
        "another separator": text.replace("data/", "data\\"),
        "with itself": text + f"{digest}  SHA256SUMS\n",
        "with the envelope": text + f"{digest}  attest/verification.dsse.json\n",
        "with a file that is not there": text + f"{digest}  zzz.txt\n",
        "of another algorithm": "".join(f"SHA256 ({line[66:]}) = {line[:64]}\n" for line in lines),
        "shorter digests": "".join(f"{line[:40]}  {line[66:]}\n" for line in lines),
        "a byte order mark": "\ufeff" + text,
        "a name in capitals": text.replace("index.html", "INDEX.HTML"),
        "two names for two eyes": text.replace("index.html", "index.htmⅼ"),
        "empty": "",
    }.items():
        content = {**CONTENT, "SHA256SUMS": other.encode()}
        payload = payload_of(REPORT, content, HOME.lead, HOME.reviewer)
        seal = sealed(content=content, payload=payload)
        yield Mutant(what, seal.members(), {"members"}, alone=True)
        left = replace(SEAL, content=content)
        yield Mutant(f"{what}, unsigned", left.members(), {"subject"})
