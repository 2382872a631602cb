"""engagement.yaml: what a verification body was asked to verify, in the words that the signed statement repeats (E5).

engagement_id: body-017/2026-0042
verifier: https://body.example.org/
log: log.example.org/truezero        # where the verdict will be logged; may be left out
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from verify.errors import Located, Problem, WrongUsage
from verify.ruler.marks import Marked, decoded, parse_marked

_REFUSED = "road.engagement_not_loaded"
_KEYS = ("engagement_id", "verifier")
_MAY = ("log",)
_LARGEST = 64 * 1024  # bytes; two lines


@dataclass(frozen=True)
class Mandate:
    """`verifier` names the body by an address of its own, `log_origin` the log of its engagements."""

    engagement_id: str
    verifier: str
    log_origin: str | None = None


def read_mandate(path: Path) -> Mandate:
    """The mandate of a file. Raises `Located` with every problem, WrongUsage where there is no such file."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WrongUsage("road.no_engagement", path=str(path)) from error
    if len(raw) > _LARGEST:
        raise Located(_REFUSED, [Problem(path.name, 1, 1, "", "ruler.too_large", bytes=len(raw))])
    marked = parse_marked(decoded(raw, path.name, refused=_REFUSED), path.name, refused=_REFUSED)
    if not isinstance(marked.data, dict):
        raise Located(_REFUSED, [marked.problem((), "road.engagement_empty", wanted=", ".join(_KEYS))])
    problems = list(_problems(marked))
    if problems:
        raise Located(_REFUSED, problems)
    engagement, verifier = (marked.data[key].strip() for key in _KEYS)
    return Mandate(engagement, verifier, (marked.data.get("log") or "").strip() or None)


def _problems(marked: Marked) -> list[Problem]:
    found = []
    for key, value in marked.data.items():
        if key not in (*_KEYS, *_MAY):
            found.append(marked.problem((key,), "road.engagement_key", key=key, available=", ".join((*_KEYS, *_MAY))))
        elif value is not None and (not isinstance(value, str) or not value.strip().isprintable()):
            found.append(marked.problem((key,), "road.engagement_text", key=key))
    missing = [key for key in _KEYS if not str(marked.data.get(key) or "").strip()]
    return [*found, *(marked.problem((), "road.engagement_missing", key=key) for key in missing)]
