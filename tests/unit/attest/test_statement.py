"""in-toto Statement v1 and our predicate: the shape of attestation.md section 3, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.attest.statements import COMMITMENTS, SUMS, statement
from verify.attest.statement import OPINIONS, Quantity, Signatory, read, write
from verify.errors import NotVerified

PAIR = [Signatory("lead", "0a" * 32), Signatory("reviewer", "0b" * 32)]
Change = Callable[[dict[str, Any]], object]


def altered(change: Change) -> bytes:
    """The payload with one change, canonical again (its keys are ASCII)."""
    value = json.loads(write(statement()))
    change(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def test_the_shape_of_the_design() -> None:
    value = json.loads(write(statement(commitments=COMMITMENTS, log_origin="log.example.org/truezero")))
    assert value["_type"] == "https://in-toto.io/Statement/v1"
    assert value["subject"] == [{"digest": {"sha256": SUMS}, "name": "SHA256SUMS"}]
    assert set(value) == {"_type", "predicate", "predicateType", "subject"}
    assert set(value["predicate"]) == {
        *("catalogue_sha256", "commitments", "engagement_id", "level_of_assurance", "log_origin", "materiality"),
        *("opinion", "quantities", "report", "ruler", "scope", "signatories", "timeCreated", "tool", "verdicts"),
        "verifier",
    }
    assert value["predicate"]["report"] == {"facts_sha256": "01" * 32, "public_facts_sha256": "02" * 32}
    assert value["predicate"]["verdicts"][0]["item"] == "indicator.clean_share"


def test_further_signatories_beside_the_pair() -> None:
    """ADR 0017; `named` gives each a name of its own, in the order of the payload."""
    more = [
        Signatory("further", "0c" * 32),
        PAIR[0],
        Signatory("further", "0d" * 32),
        PAIR[1],
        Signatory("lead", "0e" * 32),
    ]
    found = read(write(statement(signatories=more)))
    assert list(found.named()) == ["further", "lead", "further.0d0d0d0d", "reviewer", "lead.0e0e0e0e"]
    assert list(found.named().values()) == more


def test_no_number_stands_in_the_payload() -> None:
    """E4: every quantity is a decimal string."""

    def numbers(value: object) -> list[object]:
        if isinstance(value, dict):
            return [one for inner in value.values() for one in numbers(inner)]
        if isinstance(value, list):
            return [one for inner in value for one in numbers(inner)]
        return [] if isinstance(value, str) else [value]

    assert numbers(json.loads(write(statement(commitments=COMMITMENTS)))) == []


def test_a_statement_reads_back() -> None:
    for given in (statement(), statement(commitments=COMMITMENTS, log_origin="log.example.org/truezero")):
        assert write(read(write(given))) == write(given)
        assert read(write(given)).log_origin == given.log_origin


@pytest.mark.parametrize("opinion", OPINIONS)
def test_the_four_opinions(opinion: str) -> None:
    assert read(write(statement(opinion=opinion))).opinion == opinion


@pytest.mark.parametrize(
    "changes",
    [
        {"opinion": "qualified"},
        {"opinion": "met"},
        {"verdicts": {"indicator.unit_energy_co2": "passed"}},
        {"verdicts": {"total.tco2": "met"}},
        {"level_of_assurance": "absolute"},
        {"subject_sha256": "5A" * 32},
        {"facts_sha256": "01" * 31},
        {"public_facts_sha256": ""},
        {"ruler_sha256": "sha256:" + "03" * 32},
        {"quantities": [Quantity("total.tco2", "3.8e4", "t")]},
        {"quantities": [Quantity("total.tco2", "038", "t")]},
        {"quantities": [Quantity("total.tco2", "-0.0", "t")]},
        {"quantities": [Quantity("total.tco2", "1", "t"), Quantity("total.tco2", "2", "t")]},
        {"materiality_value": "5 %"},
        {"period": "2027-12-31/2027-01-01"},
        {"period": "2027/2028"},
        {"time_created": "2028-03-31T09:00:00+08:00"},
        {"time_created": "2028-02-30T09:00:00Z"},
        {"tool_version": ""},
        {"verifier_id": "a\nb"},
        {"park": "PX-1\u202e"},
        {"boundary": "whole\u200b"},
        {"signatories": [Signatory("lead", "0a" * 32)]},
        {"signatories": [Signatory("lead", "0a" * 32), Signatory("lead", "0b" * 32)]},
        {"signatories": [Signatory("lead", "0a" * 32), Signatory("reviewer", "0a" * 32)]},
        {"signatories": [Signatory("lead", "0a" * 32), Signatory("author", "0b" * 32)]},
        {"signatories": [Signatory("lead", "0a" * 32), Signatory("further", "0b" * 32)]},
        {"signatories": [*PAIR, Signatory("further", "0a" * 32)]},
        {"signatories": [*PAIR, Signatory("further", "0c" * 32), Signatory("further", "0c" * 4 + "0d" * 28)]},
    ],
)
def test_a_value_outside_its_vocabulary_is_not_written(changes: dict[str, Any]) -> None:
    with pytest.raises(NotVerified) as error:
        write(statement(**changes))
    assert error.value.key == "attest.statement"


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.update(_type="https://in-toto.io/Statement/v0.1"),
        lambda v: v.update(predicateType="https://example.com/other"),
        lambda v: v.update(extra=""),
        lambda v: v.pop("subject"),
        lambda v: v["subject"].append(v["subject"][0]),
        lambda v: v["subject"][0].update(name="report.json"),
        lambda v: v["subject"][0]["digest"].update(sha512="00"),
        lambda v: v["predicate"].update(note="x"),
        lambda v: v["predicate"].pop("signatories"),
        lambda v: v["predicate"].update(commitments=None),
        lambda v: v["predicate"].update(log_origin=None),
        lambda v: v["predicate"].update(verdicts=v["predicate"]["verdicts"][::-1]),
        lambda v: v["predicate"]["quantities"][0].update(value=38094.84),
        lambda v: v["predicate"]["tool"].update(name="other"),
    ],
)
def test_another_shape_is_not_read(change: Change) -> None:
    with pytest.raises(NotVerified) as error:
        read(altered(change))
    assert error.value.key == "attest.statement"


def test_other_bytes_of_the_same_value_are_not_read() -> None:
    payload = write(statement())
    assert read(altered(lambda v: v)) == read(payload)
    for other in (payload + b"\n", json.dumps(json.loads(payload)).encode(), b"[]", b"\xff"):
        with pytest.raises(NotVerified):
            read(other)


def test_a_signatory_is_found_by_its_key() -> None:
    assert statement().signatory("0b" * 32) == Signatory("reviewer", "0b" * 32)
    assert statement().signatory("0c" * 32) is None
