"""The modules of the reader's page (``templates/verifier/js``) as one script, in the order in which they need each other.

A module becomes a function that is called once and gives what others import from it. The modules use one form of each
statement only: ``import { a, b } from "./x.mjs";`` and ``export`` before a declaration; anything else is our own fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from verify.errors import OurFault

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.mjs";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const)\b)", re.MULTILINE)


def joined(modules: Mapping[str, str], entry: str) -> str:
    """The script that runs `entry`; `modules`: name to source. Raises OurFault `page.script` with the module that does not fit."""
    needs = {name: _needs(source) for name, source in modules.items()}
    given: dict[str, set[str]] = {name: set() for name in modules}
    for name, wanted in needs.items():
        for other, names in wanted.items():
            if other not in modules:
                raise OurFault("page.script", module=name)
            given[other] |= set(names)
    parts = [_function(name, modules[name], needs[name], sorted(given[name])) for name in _order(needs, entry)]
    return '"use strict";\n' + "\n".join(parts)


def _needs(source: str) -> dict[str, list[str]]:
    return {match[2]: [one.strip() for one in match[1].split(",") if one.strip()] for match in _IMPORT.finditer(source)}


def _order(needs: Mapping[str, Mapping[str, list[str]]], entry: str) -> list[str]:
    """Each module after those that it imports. A ring of imports is our own fault."""
    done: list[str] = []
    open_now: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in open_now:
            raise OurFault("page.script", module=name)
        open_now.append(name)
        for other in sorted(needs[name]):
            visit(other)
        open_now.remove(name)
        done.append(name)

    visit(entry)
    return done


def _function(name: str, source: str, wanted: Mapping[str, list[str]], given: list[str]) -> str:
    body = _EXPORT.sub("", _IMPORT.sub("", source))
    if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
        raise OurFault("page.script", module=name)
    taken = "".join(f"const {{ {', '.join(names)} }} = ${other};\n" for other, names in sorted(wanted.items()))
    return f"const ${name} = (() => {{\n{taken}{body.strip()}\nreturn {{ {', '.join(given)} }};\n}})();"
