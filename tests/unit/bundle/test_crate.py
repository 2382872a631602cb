"""ro-crate-metadata.json: what RO-Crate 1.2 requires of a crate and of its root, and every member with its digest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.bundle.published_park import NAMES, members, public
from verify.bundle.crate import NAME, crate
from verify.bundle.sums import parse_sums


def graph(found: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """The entities by id."""
    document = json.loads(found[NAME])
    assert document["@context"] == "https://w3id.org/ro/crate/1.2/context"
    return {entity["@id"]: entity for entity in document["@graph"]}


def references(part: Any) -> Iterator[str]:
    """Every {"@id"} that something points at."""
    if isinstance(part, dict):
        if set(part) == {"@id"}:
            yield part["@id"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


@pytest.mark.parametrize("name", NAMES)
def test_descriptor_and_root_as_the_specification_asks(name: str) -> None:
    entities = graph(members(name))
    descriptor, root = entities[NAME], entities["./"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert root["@type"] == "Dataset"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", root["datePublished"])
    assert all(root[key] for key in ("name", "description", "license"))
    terms = entities[root["license"]["@id"]]
    assert terms["name"]
    assert terms["description"] == root["conditionsOfAccess"]
    for text in (root["name"], root["description"], terms["description"]):
        assert re.search("[\u4e00-\u9fff]", text)
        assert re.search("[a-z]{3}", text)


def test_the_graph_is_flat_and_every_reference_arrives() -> None:
    found = members()
    entities = graph(found)
    document = json.loads(found[NAME])
    assert len(entities) == len(document["@graph"])
    for entity in document["@graph"]:
        for value in entity.values():
            assert not isinstance(value, dict) or set(value) == {"@id"}
    outside = {one for one in references(document) if one not in entities}
    assert outside == {"https://w3id.org/ro/crate/1.2"}


def test_every_member_is_a_part_with_its_digest() -> None:
    found = members()
    entities = graph(found)
    listed = parse_sums(found["SHA256SUMS"])
    parts = [part["@id"] for part in entities["./"]["hasPart"]]
    assert parts == sorted(listed.keys() - {NAME})
    for name in parts:
        assert entities[name]["@type"] == "File"
        assert entities[name]["sha256"] == listed[name] == hashlib.sha256(found[name]).hexdigest()
        assert entities[name]["contentSize"] == str(len(found[name]))
        assert entities[name]["encodingFormat"]
        assert entities[name]["name"]


def test_dates_come_from_the_year_of_the_report_alone() -> None:
    shown = public()["facts"]
    for year in ("2027", "2031"):
        shown["year"] = year
        root = next(one for one in json.loads(crate(shown, {}))["@graph"] if one["@id"] == "./")
        assert root["datePublished"] == f"{int(year) + 1}-01-01"
        assert root["temporalCoverage"] == f"{year}-01-01/{year}-12-31"
        assert set(re.findall(r"\b\d{4}-\d{2}-\d{2}\b", json.dumps(root))) == {
            f"{int(year) + 1}-01-01",
            f"{year}-01-01",
            f"{year}-12-31",
        }


def test_what_is_made_after_signing_is_no_part() -> None:
    later = {"attest/lead.tsr": b"x", "trust/chain.pem": b"x", "log/entries": b"x", "SHA256SUMS": b"x", NAME: b"x"}
    found = crate(public()["facts"], {"report.json": b"{}", **later})
    assert [one["@id"] for one in json.loads(found)["@graph"] if one["@type"] == "File"] == ["report.json"]


def test_a_copy_that_nobody_knows_still_has_words_and_a_type() -> None:
    found = json.loads(crate(public()["facts"], {"report.xlsx": b"PK", "notes": b"x"}))["@graph"]
    files = {one["@id"]: one for one in found if one["@type"] == "File"}
    assert files["report.xlsx"]["encodingFormat"].startswith("application/vnd.openxmlformats")
    assert files["notes"]["encodingFormat"] == "application/octet-stream"
    assert files["notes"]["name"]
