"""The checks as a JUnit report, for build servers: one test case per run of a check.

| outcome | JUnit |
|---|---|
| passed | a plain test case |
| found, severity error | failure |
| found, another severity | a test case with its findings in system-out: it does not fail a build |
| not_applicable, waived | skipped, with the reason |
| could_not_run | error: what did not run has not passed |

Codes with findings and no run (faults of the submission) get a test case too. No time and no host: the same bytes every time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from verify.report import findings_text
from verify.report.reader import Reader
from verify.words import Language

_CLASS = "truezero"


def render_junit(report: Mapping[str, Any], language: Language) -> bytes:
    """The whole file, UTF-8. `report` is {facts, places}. Raises OurFault where a code has no words."""
    reader = Reader(report, language)
    facts = reader.facts
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in facts["findings"]:
        found.setdefault(row["code"], []).append(row)
    run_codes = {row["code"] for row in facts["runs"]}
    cases = [_case(reader, row, found.get(row["code"], [])) for row in facts["runs"]]
    cases += [_without_run(reader, code, rows) for code, rows in sorted(found.items()) if code not in run_codes]
    suite = ET.Element("testsuite", name=_clean(reader.t("suite", park=reader.park, year=facts["year"])))
    suite.extend(cases)
    root = ET.Element("testsuites", name="TrueZero")
    root.append(suite)
    for element in (suite, root):
        element.set("tests", str(len(cases)))
        for kind, name in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            element.set(kind, str(sum(case.find(name) is not None for case in cases)))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _case(reader: Reader, run: Mapping[str, Any], found: list[Mapping[str, Any]]) -> ET.Element:
    case = _new(reader, run["code"])
    outcome = run["outcome"]
    reason = reader.reason(run["reason"]) if run["reason"] else ""
    said = (
        reader.t("ran_without_finding", outcome=reader.t(f"outcome.{outcome}"), reason=reason)
        if reason
        else reader.t(f"outcome.{outcome}")
    )
    if outcome == "could_not_run":
        ET.SubElement(case, "error", type=outcome, message=_clean(said))
    elif outcome in {"not_applicable", "waived"}:
        ET.SubElement(case, "skipped", message=_clean(said))
    elif outcome == "found":
        _found(reader, case, run["severity"], found)
    return case


def _without_run(reader: Reader, code: str, found: list[Mapping[str, Any]]) -> ET.Element:
    case = _new(reader, code)
    _found(reader, case, found[0]["severity"], found)
    return case


def _found(reader: Reader, case: ET.Element, severity: str, found: list[Mapping[str, Any]]) -> None:
    text = "\n".join(_line(reader, row) for row in found)
    if severity == "error":
        failure = ET.SubElement(
            case, "failure", type=severity, message=_clean(reader.t("found_message", count=len(found)))
        )
        failure.text = _clean(text)
    else:
        ET.SubElement(case, "system-out").text = _clean(f"{reader.t(f'severity_one.{severity}')}\n{text}")


def _line(reader: Reader, row: Mapping[str, Any]) -> str:
    places = [reader.place(row_id)["text"] if row_id in reader.places else row_id for row_id in row["row_ids"][:1]]
    more = reader.t("shown_of", rows=row["rows"], shown=1) if int(row["rows"]) > 1 and places else ""
    return " ".join(
        part for part in (findings_text.says(row, reader), *(f"[{place}]" for place in places), more) if part
    )


def _new(reader: Reader, code: str) -> ET.Element:
    return ET.Element(
        "testcase",
        classname=f"{_CLASS}.{code.split('-')[1]}",
        name=_clean(f"{code} {findings_text.title(code, reader)}"),
    )


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold; a name from a park's file may contain them."""
    return "".join(
        c if c in "\t\n\r" or (ord(c) >= 0x20 and ord(c) not in {0xFFFE, 0xFFFF}) else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )
