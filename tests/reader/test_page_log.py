"""The log in the page: the same checks, states, reasons and remarks as the program; a page that looks less closely is caught."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mutation.mutant import zipped
from tests.mutation.remembered import remembered
from tests.reader import logged_bundles, node
from tests.reader.logged_bundles import HELD, SIGNED
from tests.reader.test_page_verdicts import by_python, words
from tests.unit.bundle.signed_bundle import HELD as WITHOUT_KEYS
from tests.unit.bundle.signed_bundle import bundle
from tests.unit.log.logs import ORIGIN
from verify.bundle.logged import FILES
from verify.bundle.trust import Held

pytestmark = pytest.mark.skipif(node.find() is None, reason="no Node here")


def asked(members: dict[str, dict[str, bytes]], held: Held = HELD, script: str | None = None) -> dict[str, Any]:
    """The page's answer to each of these bundles."""
    jobs = (node.judging(zipped(one), held) for one in members.values())
    return dict(zip(members, node.ask(jobs, script), strict=True))


def test_page_and_program_say_the_same_of_every_log() -> None:
    cases = {**logged_bundles.sound(), **logged_bundles.broken(), "no log there": SIGNED}
    wrong = {}
    with remembered():
        by_program = {name: by_python(zipped(one), HELD) for name, one in cases.items()}
    for name, page in asked(cases).items():
        mine = by_program[name]
        assert {row[0] for row in [*page["first"], *page["notes"]]} | {
            key for *_, key in page["checks"] if key
        } <= words()
        ours = [[one.name, one.state, one.required, one.key] for one in mine.checks]
        first = [[one.key, dict(one.arguments)] for one in mine.first]
        notes = [[one.key, dict(one.arguments)] for one in mine.notes if "log" in one.key]
        if (page["state"], page["checks"], page["first"], page["notes"]) != (mine.state, ours, first, notes):
            wrong[name] = (page, mine)
        wanted = (
            "verified"
            if name in logged_bundles.sound()
            else "failed"
            if name in logged_bundles.broken()
            else "not_checked"
        )
        assert (name, page["state"]) == (name, wanted)
    assert wrong == {}


def test_without_keys_of_the_log_it_is_not_checked() -> None:
    sealed = {
        **bundle(log_origin=ORIGIN),
        **{name: data for name, data in logged_bundles.good().items() if name in FILES},
    }
    (found,) = asked({"good": sealed}, WITHOUT_KEYS).values()
    assert {
        name: why for name, state, _, why in found["checks"] if name.startswith("log") and state == "not_checked"
    } == dict.fromkeys(("log_checkpoint", "log_witnesses"), "log.no_policy")
    assert found["state"] == "not_checked"


@pytest.mark.parametrize(
    ("mine", "broken", "case"),
    [
        ("if (found.size < LEAST || !signedBy", "if (false && !signedBy", "witness missing"),
        ("|| !equal(await rootOf(await Promise.all(raw.map(leafHash))), head.root)", "", "entry of others altered"),
        ("if (!sameNote(proofs[0].note, proofs[1].note))", "if (false)", "one proof of an older checkpoint"),
        ("if (reply && reply.entry.kind === WITHDRAWN)", "if (false)", "withdrawn"),
        ('throw new Fault("log.signature", { key: key.name })', "return", "signature of the log altered"),
        ('return on > deadline ? "overdue" : "open"', 'return "open"', "an engagement of the place never ended"),
        ("content.opinion !== statement.opinion ||", "", "another opinion logged"),
    ],
)  # fmt: skip
def test_a_page_that_looks_less_closely_is_caught(mine: str, broken: str, case: str) -> None:
    script = node.core()
    assert script.count(mine) == 1
    (found,) = asked({case: logged_bundles.broken()[case]}, script=script.replace(mine, broken)).values()
    states = {name: state for name, state, _, _ in found["checks"]}
    caught = [
        one.name for one in by_python(zipped(logged_bundles.broken()[case]), HELD).checks if one.state == "failed"
    ]
    assert caught
    assert all(states[name] != "failed" for name in caught)  # what the test above would not have let pass
