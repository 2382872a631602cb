"""The first wall: the text is cut into the few tokens of the language before `ast` sees it.

What passes cannot hold an escape, a prefix, an exponent, an underscore name, a second line or deep nesting, so the
grammar of the running Python has nothing left to be surprised by.
"""

from __future__ import annotations

import re
import unicodedata
from keyword import kwlist

from verify.formula.errors import FormulaError
from verify.formula.semantics import DEPTH_LIMIT, DIGIT_LIMIT, LENGTH_LIMIT, NODE_LIMIT

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>[0-9][0-9A-Za-z_.]*|\.[0-9][0-9A-Za-z_.]*)
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    |(?P<string>"[^"]*"|'[^']*')
    |(?P<sign>\*\*|//|->|:=|==|!=|<=|>=|<<|>>|[-+*/<>=(),\[\]])""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_SIGNS = frozenset(["==", "!=", "<=", ">=", "-", "+", "*", "/", "<", ">", "=", "(", ")", ",", "[", "]"])
_KEYWORDS = frozenset(kwlist) - {"and", "or", "not"}
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def one_line(text: str) -> str:
    """`text` on one line, every white space a blank and every other character in its place.

    Raises FormulaError, with the column, for whatever is no token of the language.
    """
    if len(text) > LENGTH_LIMIT:
        raise FormulaError("too_long", LENGTH_LIMIT + 1, limit=LENGTH_LIMIT)
    out: list[str] = []
    position, brackets, prefixes, operands, before = 0, 0, 0, 0, ""
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _no_token(text[position], position + 1)
        kind, token = str(match.lastgroup), match.group()
        _check(kind, token, position + 1)
        if kind == "string" and before != "sign":
            raise FormulaError("string_place", position + 1)  # Python would join two, and f"" is a program
        if kind in {"number", "word", "string"} and token not in {"and", "or", "not"}:
            operands += 1
        brackets += (token in {"(", "["}) - (token in {")", "]"})
        prefixes = prefixes + 1 if token in {"-", "not"} else prefixes * (token == "(" or kind == "space")
        if max(brackets, prefixes) > DEPTH_LIMIT:
            raise FormulaError("too_deep", position + 1, limit=DEPTH_LIMIT)
        if operands > NODE_LIMIT:
            raise FormulaError("too_many", position + 1, limit=NODE_LIMIT)
        out.append(" " * len(token) if kind == "space" else token)
        before = before if kind == "space" else kind
        position = match.end()
    return "".join(out)


def _check(kind: str, token: str, column: int) -> None:
    if kind == "number":
        if _NUMBER.fullmatch(token) is None:
            raise FormulaError("number", column, text=token)
        if len(token.replace(".", "")) > DIGIT_LIMIT:
            raise FormulaError("digits", column, limit=DIGIT_LIMIT)
    elif kind == "word":
        for part in token.split("."):
            if part.startswith("_"):
                raise FormulaError("underscore", column, name=token)
            if part in _KEYWORDS or (part != token and part in {"and", "or", "not"}):
                raise FormulaError("reserved", column, name=part)
    elif kind == "string":
        _check_string(token, column)
    elif kind == "sign" and token not in _SIGNS:
        raise FormulaError("operator", column, text=token)


def _check_string(token: str, column: int) -> None:
    for offset, character in enumerate(token):
        if character == "\\" or unicodedata.category(character) in _HIDDEN:
            raise FormulaError("string_character", column + offset, code=f"U+{ord(character):04X}")
    if unicodedata.normalize("NFC", token) != token:
        raise FormulaError("string_form", column)


def _no_token(character: str, column: int) -> FormulaError:
    if character in {'"', "'"}:
        return FormulaError("string_open", column)
    return FormulaError("character", column, code=f"U+{ord(character):04X}")
