"""The verdict on a bundle: what verifies, and the check that fails, alone, for each way of being wrong."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509

from tests.unit.attest.attested import LEAD, REVIEWED, WORLD
from tests.unit.attest.people import KEYS, LISTED, SIGNED
from tests.unit.attest.statements import COMMITMENTS
from tests.unit.bundle.signed_bundle import (
    CELLS,
    FACTS,
    HELD,
    RULER,
    Members,
    bundle,
    failed,
    figure,
    judged,
    pages,
    report,
)
from verify.attest.profiles import Revoked
from verify.attest.statement import Quantity
from verify.bundle import made_again, stated
from verify.bundle.container import read_container
from verify.bundle.judge import judge, refused
from verify.bundle.pem import pem_bytes
from verify.bundle.refused import Refused
from verify.bundle.zip_write import zip_bytes
from verify.canonical import canonical_bytes, digest
from verify.cli.verdict_words import reason_of, title
from verify.words import LANGUAGES

GOOD = bundle()
DAY = timedelta(days=1)
Reason = x509.ReasonFlags
REQUIRED = [
    *("container", "members", "canonical", "root", "certificates"),
    *("envelope", "statement", "subject", "signatories"),
    *(f"{step}.lead" for step in ("signature", "time", "chain", "revocation", "time_revocation")),
    *(f"{step}.reviewer" for step in ("signature", "time", "chain", "revocation", "time_revocation")),
    *("two_persons", "order", "unused", "sigstore.lead", "sigstore.reviewer"),
    *("report", "ruler", "stated", "tables", "recompute", "pages", "metadata"),
]


def without(name: str) -> Members:
    return {key: data for key, data in GOOD.items() if key != name}


def test_a_good_bundle_verifies_in_every_check() -> None:
    verdict = judged(GOOD)
    assert verdict.state == "verified"
    assert [one.name for one in verdict.checks if one.state == "verified"] == REQUIRED
    assert [(one.name, one.state, one.required) for one in verdict.checks if one.state != "verified"] == [
        ("log", "not_checked", False)
    ]
    assert verdict.statement is not None
    assert verdict.statement.opinion == "modified"
    assert verdict.times == {"lead": SIGNED, "reviewer": REVIEWED}


def test_the_zip_gives_the_same_checks_as_the_folder() -> None:
    container = read_container(zip_bytes(GOOD))
    assert container.form == "zip"
    assert judge(container, HELD, pages=pages) == judged(GOOD)


def test_who_signed_is_told_by_the_certificates() -> None:
    lead, reviewer = judged(GOOD).signers
    assert (lead.person, lead.organisation, lead.body, lead.at, lead.clock, lead.holds) == (
        *("Wang Fang", "Body 017", "Body 017 CA", SIGNED),
        *("Clock 1", True),
    )
    assert (reviewer.role, reviewer.person, reviewer.at) == ("reviewer", "Li Na", REVIEWED)


def test_what_is_worth_a_remark() -> None:
    verdict = judged(GOOD)
    notes = {one.name: one.key for one in verdict.checks if one.state == "verified" and one.key}
    assert notes == {
        "root": "bundle.root_as_held",
        "order": "attest.one_clock",
        "recompute": "bundle.recompute_some",
    }
    assert {(one.key, one.arguments["issuer"], one.arguments["from"]) for one in verdict.notes} == {
        ("bundle.list_dates", "CN=Accreditation root", LISTED),
        ("bundle.list_dates", "CN=Body 017 CA,O=Body 017", LISTED),
    }


def test_figures_one_by_one() -> None:
    found = {(one.item, one.kind): one for one in judged(GOOD).recomputed}
    assert found["term.fuel.tco2", "claimed"].state == "verified"
    assert found["term.fuel.tco2", "claimed"].given == ()
    assert found["total.tco2", "claimed"].given == ("term.el.tco2",)
    assert found["indicator.unit_energy_co2", "claimed"].given == ("energy.tce", "term.el.tco2")
    assert found["energy.tce", "claimed"].state == "not_checked"


# files ---------------------------------------------------------------------------------------------------------------


def test_a_repacked_zip_fails_as_a_container_and_its_members_are_judged() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(GOOD.items()):
            archive.writestr(name, data)
    verdict = judge(read_container(packed.getvalue()), HELD, pages=pages)
    assert failed(verdict) == {"container"}
    assert verdict.checks[1:] == judged(GOOD).checks[1:]


def test_what_cannot_be_opened_is_a_failed_check() -> None:
    verdict = refused(Refused("not_a_zip", "Z7"))
    assert (verdict.state, [(one.name, one.key) for one in verdict.checks]) == (
        "failed",
        [("container", "bundle.not_a_zip")],
    )


def test_a_file_more() -> None:
    verdict = judged(GOOD | {"readme.txt": b"x"})
    assert [(one.name, one.key) for one in verdict.checks if one.state == "failed"] == [
        ("members", "bundle.member_unlisted")
    ]


def test_each_file_that_is_wrong_is_named() -> None:
    verdict = judged(without("data/cells.csv") | {"index.html": b"PASS", "more.txt": b"x"})
    assert [(one.key, one.arguments["member"]) for one in verdict.checks if one.name == "members"] == [
        ("bundle.member_missing", "data/cells.csv"),
        ("bundle.member_altered", "index.html"),
        ("bundle.member_unlisted", "more.txt"),
    ]


@pytest.mark.parametrize("name", sorted(GOOD))
def test_no_file_can_be_left_out(name: str) -> None:
    verdict = judged(without(name))
    assert verdict.state == "failed"
    named = {str(one.arguments.get("member")) for one in verdict.checks if one.state == "failed"}
    assert name in named or name.startswith("trust/root.")


@pytest.mark.parametrize("name", sorted(GOOD))
def test_no_file_can_stand_in_for_another(name: str) -> None:
    other = "index.html" if name != "index.html" else "report.json"
    assert judged(GOOD | {name: GOOD[other]}).state == "failed"


@pytest.mark.parametrize(
    ("name", "data"), [("extra.json", b"{ }"), ("extra.csv", b"a\r\n1\r\n"), ("extra.jsonl", b"{}")]
)
def test_a_signed_file_in_another_form(name: str, data: bytes) -> None:
    assert failed(judged(bundle(edit=lambda members: members.update({name: data})))) == {"canonical"}


def test_files_that_nothing_reads_are_said_to_be_so() -> None:
    verdict = judged(bundle(edit=lambda members: members.update({"report.xlsx": b"PK"})))
    assert verdict.state == "verified"
    (copies,) = (one for one in verdict.checks if one.name == "copies")
    assert (copies.state, copies.arguments) == ("not_checked", {"count": "1", "listed": "report.xlsx"})


# signatures ----------------------------------------------------------------------------------------------------------


def test_without_a_trust_root_nothing_is_verified_and_nothing_fails() -> None:
    verdict = judged(GOOD, None)
    assert verdict.state == "not_checked"
    assert failed(verdict) == set()
    left = {one.name: one.key for one in verdict.checks if one.required and one.state != "verified"}
    assert left["root"] == "bundle.no_root"
    assert {"time.lead", "chain.lead", "chain.reviewer", "two_persons", "unused"} <= set(left)
    assert not {"envelope", "signature.lead", "report", "recompute"} & set(left)
    assert not any(one.holds for one in verdict.signers)


def test_certificates_that_cannot_be_read() -> None:
    chain = pem_bytes([("CERTIFICATE", b"\x30\x00")])
    verdict = judged(GOOD | {"trust/chain.pem": chain})
    assert failed(verdict) == {"certificates"}
    lists = pem_bytes([("X509 CRL", b"\x30\x00")])
    assert failed(judged(GOOD | {"trust/crls.pem": lists})) == {"certificates"}


@pytest.mark.parametrize(
    ("how", "check"),
    [
        ({"times": (REVIEWED, SIGNED)}, "order"),
        ({"reviewer": (WORLD.person("reviewer", "Wang Fang", KEYS[5]), KEYS[5])}, "two_persons"),
        ({"listed": SIGNED - DAY}, "revocation.lead"),
        ({"revoked": [Revoked(LEAD[0].serial_number, SIGNED - DAY)]}, "revocation.lead"),
        ({"revoked": [Revoked(LEAD[0].serial_number, SIGNED + DAY, Reason.key_compromise)]}, "revocation.lead"),
        ({"subject_sha256": "00" * 32}, "subject"),
    ],
)
def test_a_signature_that_does_not_hold(how: dict[str, Any], check: str) -> None:
    found = failed(judged(bundle(**how)))
    related = {name for name in found if name.partition(".")[0] in {"revocation", "time_revocation"}}
    assert check in found
    assert found in ({check}, related)


def test_revoked_later_for_another_reason_stays_verified_and_is_said() -> None:
    verdict = judged(bundle(revoked=[Revoked(LEAD[0].serial_number, SIGNED + DAY, Reason.superseded)]))
    assert verdict.state == "verified"
    (check,) = (one for one in verdict.checks if one.name == "revocation.lead")
    assert check.key == "attest.revoked_later"


@pytest.mark.parametrize("role", ["lead", "reviewer"])
def test_a_derived_file_of_the_other_signer(role: str) -> None:
    other = {"lead": "reviewer", "reviewer": "lead"}[role]
    swapped = {f"attest/{role}.sigstore.json": GOOD[f"attest/{other}.sigstore.json"]}
    assert failed(judged(GOOD | swapped)) == {f"sigstore.{role}"}


def test_files_of_a_log_that_nobody_names() -> None:
    assert failed(judged(GOOD | {"log/entries": b"x"})) == {"log"}


def test_a_log_is_not_checked_here_and_said_and_commitments_need_their_rows() -> None:
    verdict = judged(bundle(log_origin="log.example.org/truezero", commitments=COMMITMENTS))
    left = {one.name: one.key for one in verdict.checks if one.required and one.state != "verified"}
    assert left == {"log": "bundle.log_not_checked", "commitments": "bundle.member_missing"}
    assert failed(verdict) == {"commitments"}


# report --------------------------------------------------------------------------------------------------------------


def test_another_report_than_the_signed_one() -> None:
    assert failed(judged(bundle(public_facts_sha256="00" * 32))) == {"report"}


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"facts": report()["facts"], "places": {}},
        report() | {"more": "x"},
        report(format="truezero-report/2"),
        report(items=[*FACTS["items"], figure("total.tco2", "tCO2", "1.000000")]),
        report(opinion="modified"),
    ],
    ids=["nothing", "parts missing", "a part more", "format", "an item twice", "shape"],
)
def test_a_signed_file_that_is_no_report(document: dict[str, Any]) -> None:
    edit = {"report.json": canonical_bytes(document)}
    verdict = judged(bundle(edit=lambda members: members.update(edit)))
    assert failed(verdict) == {"report"}
    (check,) = (one for one in verdict.checks if one.state == "failed")
    assert check.key == "bundle.not_a_report"


def test_another_ruler_than_the_signed_one() -> None:
    text = RULER["text"] | {"id": "other"}
    edit = {"ruler.json": canonical_bytes(RULER | {"text": text})}
    assert failed(judged(bundle(edit=lambda members: members.update(edit)))) == {"ruler"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opinion": "unmodified"}, "opinion"),
        ({"verdicts": {}}, "verdict"),
        ({"verdicts": {"indicator.unit_energy_co2": "not_met"}}, "verdict"),
        ({"verdicts": {"indicator.unit_energy_co2": "met", "indicator.x": "met"}}, "verdict"),
        ({"quantities": [Quantity("total.tco2", "14.750001", "tCO2")]}, "quantity"),
        ({"quantities": [replace(one, unit="kg") for one in stated.quantities(FACTS)]}, "quantity"),
        ({"quantities": stated.quantities(FACTS)[:1]}, "quantity"),
        ({"park": "PX-2"}, "park"),
        ({"boundary": "park_in_park"}, "boundary"),
        ({"period": "2026-01-01/2026-12-31"}, "period"),
        ({"level_of_assurance": "reasonable"}, "assurance"),
    ],
)
def test_a_statement_that_says_something_else_than_its_report(changes: dict[str, Any], field: str) -> None:
    verdict = judged(bundle(**changes))
    assert failed(verdict) == {"stated"}
    assert field in {one.arguments["field"] for one in verdict.checks if one.name == "stated"}


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (report(role="self_check"), "role"),
        (report(headline=FACTS["headline"] | {"verdict": "not_met"}), "headline"),
        (report(headline=FACTS["headline"] | {"opinion": "unmodified"}), "headline"),
        (report(ruler=FACTS["ruler"] | {"sha256": "00" * 32}), "ruler"),
    ],
)
def test_a_report_that_contradicts_what_is_signed(document: dict[str, Any], field: str) -> None:
    verdict = judged(bundle(document))
    assert failed(verdict) == {"stated"}
    assert {one.arguments["field"] for one in verdict.checks if one.name == "stated"} == {field}


# what follows from the report ----------------------------------------------------------------------------------------


def write_into(name: str, data: bytes) -> Callable[[Members], None]:
    return lambda members: members.update({name: data})


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("index.html", "pages"),
        ("report.en.html", "pages"),
        ("VERIFY.md", "metadata"),
        ("data/items.csv", "tables"),
        ("data/more.csv", "tables"),
    ],
)
def test_a_signed_file_that_does_not_follow_from_the_report(name: str, check: str) -> None:
    verdict = judged(bundle(edit=write_into(name, b"PASS\n")))
    assert failed(verdict) - {"metadata"} == {check} - {"metadata"}
    assert check in failed(verdict)
    assert name in {one.arguments["member"] for one in verdict.checks if one.name == check}


@pytest.mark.parametrize("name", ["findings.sarif", "datapackage.json", "ro-crate-metadata.json"])
def test_metadata_of_another_report(name: str) -> None:
    verdict = judged(bundle(edit=write_into(name, b"{}")))
    assert verdict.state == "failed"
    assert name in {one.arguments.get("member") for one in verdict.checks if one.state == "failed"}


@pytest.mark.parametrize("name", ["data/items.csv", "data/cells.csv"])
def test_a_table_that_is_missing(name: str) -> None:
    verdict = judged(bundle(edit=lambda members: members.pop(name)))
    assert "tables" in failed(verdict)
    assert name in {one.arguments["member"] for one in verdict.checks if one.name == "tables"}


def test_a_figure_that_does_not_come_out_again() -> None:
    items = [FACTS["items"][0], FACTS["items"][1] | {"claimed": "14.750003"}, FACTS["items"][2]]
    verdict = judged(bundle(report(items=items)))
    assert failed(verdict) == {"recompute"}
    (check,) = (one for one in verdict.checks if one.name == "recompute")
    assert (check.arguments["item"], check.arguments["recomputed"]) == ("total.tco2", "14.750000")


def test_a_cell_that_was_changed_before_signing() -> None:
    verdict = judged(bundle(cells=[CELLS[0] | {"claimed": "12.501"}]))
    assert failed(verdict) == {"recompute"}
    assert {one.arguments["item"] for one in verdict.checks if one.name == "recompute"} >= {"term.fuel.tco2"}


def test_nothing_that_could_be_worked_out_is_no_success() -> None:
    kept = [FACTS["items"][2]]
    document = report(items=kept, indicators=[], headline=FACTS["headline"] | {"item": "total.tco2", "verdict": None})
    verdict = judged(bundle(document))
    assert verdict.state == "not_checked"
    assert [one.name for one in verdict.checks if one.required and one.state != "verified"] == ["recompute"]


@pytest.mark.parametrize("change", [{"tool_version": "99.0"}, {"catalogue_sha256": "00" * 32}])
def test_pages_of_another_version_are_not_held_against_it(change: dict[str, str]) -> None:
    verdict = judged(bundle(edit=write_into("index.html", b"another layout"), **change))
    assert verdict.state == "verified"
    left = {one.name: one.key for one in verdict.checks if one.state == "not_checked" and one.name != "log"}
    key = "bundle.other_tool" if "tool_version" in change else "bundle.other_words"
    assert left == {"pages": key, "metadata": key}


def test_pages_are_not_checked_without_what_renders_them() -> None:
    verdict = judged(GOOD, pages=None)
    assert verdict.state == "verified"
    assert {one.name for one in verdict.checks if one.state == "not_checked"} == {"pages", "log"}


def test_a_report_that_breaks_its_pages_is_refused() -> None:
    def broken(_: Any) -> Members:
        raise ZeroDivisionError

    verdict = judged(GOOD, pages=broken)
    assert failed(verdict) == {"pages"}
    assert {one.key for one in verdict.checks if one.state == "failed"} == {"bundle.not_made_again"}


# hostile -------------------------------------------------------------------------------------------------------------

RUBBISH = [b"", b"{}", b"[]", b"null", b'"x"', b"\xff", b"[" * 100_000, b'{"facts":{}}', b"a\n1\n"]


@pytest.mark.parametrize("name", sorted(GOOD))
def test_rubbish_never_raises_signed_or_not(name: str) -> None:
    signed = not name.startswith(("attest/", "trust/")) and name != "SHA256SUMS"
    for data in RUBBISH:
        assert judged(GOOD | {name: data}).state == "failed"
        if signed:
            assert judged(bundle(edit=write_into(name, data))).state == "failed"


@pytest.mark.parametrize("section", sorted(FACTS))
def test_a_section_of_another_shape_never_raises(section: str) -> None:
    for value in (None, "x", {}, [None], [{}], [[]]):
        document = report() | {"facts": FACTS | {section: value}}
        edit = canonical_bytes(document)
        signed = bundle(edit=write_into("report.json", edit), public_facts_sha256=digest(document["facts"]))
        assert {one.name for one in judged(signed).checks} >= set(REQUIRED) - {"time_revocation"}


@pytest.mark.parametrize("part", ["text", "trees", "values", "documents"])
def test_a_signed_ruler_of_another_shape_never_raises(part: str) -> None:
    for value in (None, "x", {}, [], {"id": "tiny"}, {"id": "tiny", "method": {"items": ["total.tco2"]}}):
        data = canonical_bytes(RULER | {part: value})
        if data == GOOD["ruler.json"]:
            continue
        verdict = judged(bundle(edit=write_into("ruler.json", data), ruler_sha256=hashlib.sha256(data).hexdigest()))
        assert verdict.state == "failed"  # facts name another ruler, if nothing else


def test_every_reason_and_every_check_has_words() -> None:
    for verdict in (judged(GOOD), judged(GOOD, None), judged(without("SHA256SUMS")), judged({})):
        for one in verdict.checks:
            for language in LANGUAGES:
                assert title(one.name, language)
                assert reason_of(one, language) or one.key is None


def test_the_groups_of_derived_files_are_those_of_a_bundle() -> None:
    assert {*made_again.PAGES, *made_again.METADATA, made_again.CELLS} <= set(GOOD)
