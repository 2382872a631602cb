"""rfc8785 (PyPI): our canonical bytes are its canonical bytes, for the report, the statement and every other JSON member."""

from __future__ import annotations

from pathlib import Path

from tests.judges import installed
from tests.judges.parts import ENVELOPE, Parts
from tests.judges.published import Published

pytestmark = installed.python_package("rfc8785")


def others(*files: Path) -> list[str]:
    done = installed.run([installed.PYTHON, installed.SCRIPTS / "canonical.py", *files])
    assert done.returncode == 0, done.stdout
    return done.stdout.split()


def test_every_json_member_and_the_statement(parts: Parts, published: Published) -> None:
    members = [one for one in sorted(published.folder.rglob("*")) if one.suffix in {".json", ".sarif"}]
    assert {"report.json", "ruler.json", Path(ENVELOPE).name, "findings.sarif"} <= {one.name for one in members}
    assert others(parts.payload, *members) == []


def test_another_form_of_the_same_value_is_told(published: Published, tmp_path: Path) -> None:
    data = (published.folder / "report.json").read_bytes()
    forms = {
        "blank": data.replace(b":", b": ", 1),
        "escape": data.replace("园".encode(), rb"\u56ed", 1),
        "slash": data.replace(b"/", rb"\/", 1),
        "order": b'{"withheld":[],' + data.removeprefix(b"{").replace(b',"withheld":', b',"other":', 1),
    }
    for name, form in forms.items():
        assert form != data, name
        (tmp_path / name).write_bytes(form)
    assert others(*(tmp_path / name for name in forms)) == list(forms)
