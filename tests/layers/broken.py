"""Resolvers with one thing wrong, for the property to catch: a direction turned round, a proof left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from verify.ruler import directions, proof, value_order
from verify.ruler.laid import Move
from verify.ruler.resolved import Ruler

_OPPOSITE = {"lower": "higher", "higher": "lower", "superset": "subset", "subset": "superset"}


@dataclass(frozen=True)
class Broken:
    """`moves` are the moves of children that meet the fault (tests.layers.children)."""

    name: str
    moves: tuple[str, ...]
    patches: tuple[tuple[Any, str, Any], ...]

    @contextmanager
    def working(self) -> Iterator[None]:
        """While the resolver is broken."""
        applied = [patch.object(target, name, new) for target, name, new in self.patches]
        for one in applied:
            one.start()
        try:
            yield
        finally:
            for one in applied:
                one.stop()


def _turned(direction: str) -> tuple[tuple[Any, str, Any], ...]:
    """One direction means its opposite, for plain data and for values."""

    def wrong(real: Callable[..., bool | None]) -> Callable[..., bool | None]:
        return lambda asked, theirs, own: real(_OPPOSITE[asked] if asked == direction else asked, theirs, own)

    return (
        (proof, "stricter", wrong(directions.stricter)),
        (proof, "stricter_value", wrong(value_order.stricter_value)),
    )


def _accepting(*keys: str) -> tuple[tuple[Any, str, Any], ...]:
    """Refusals of these kinds are left out, and what was to be refused is taken."""
    real = proof.Prover._refuse

    def refuse(self: proof.Prover, move: Move, key: str, /, **more: object) -> Any:
        return "lower" if key.removeprefix("ruler.") in keys else real(self, move, key, **more)

    return ((proof.Prover, "_refuse", refuse),)


def _no_names(*_: object) -> Iterator[Any]:
    yield from ()


def _by_container(self: directions.Directions, path: Sequence[str]) -> directions.Direction:
    """What is said of a thing by name is not looked at where it is added."""
    return self.at(path[:-1])


_ONE_ORDER: Mapping[str, frozenset[str]] = {
    **directions.ABOVE,
    "note": frozenset({"question", "warning", "error"}),
    "question": frozenset({"warning", "error"}),
}
_LIMITS = ("limit", "limit_by_date")


def broken() -> tuple[Broken, ...]:
    """Every broken resolver."""
    from verify.ruler import layers

    by_comparison = {"<=": "higher", ">=": "lower"}
    return (
        Broken("lower is taken for higher", ("thresholds", *_LIMITS), _turned("lower")),
        Broken("higher is taken for lower", ("severity", "history", *_LIMITS), _turned("higher")),
        Broken("a superset is taken for a subset", ("disclosure",), _turned("superset")),
        Broken("a subset is taken for a superset", ("disclosure", "claim_lists"), _turned("subset")),
        Broken("a limit is compared the wrong way", _LIMITS, ((proof, "_BY_COMPARISON", by_comparison),)),
        Broken("what is fixed may change", ("indicator", "figure", "reading", "excludable"), _accepting("layer_fixed")),
        Broken("what has no order may change", ("first_limit", "severity"), _accepting("layer_no_order")),
        Broken("looser numbers are taken", ("thresholds", *_LIMITS), _accepting("layer_not_lower", "layer_not_higher")),
        Broken("shorter lists are taken", ("disclosure",), _accepting("layer_not_superset")),
        Broken("longer lists are taken", ("disclosure", "claim_lists"), _accepting("layer_not_subset")),
        Broken(
            "errors are above questions whatever the opinion makes of them",
            ("questions",),
            ((proof, "errors_outweigh_questions", lambda _: True),),
        ),
        Broken("severities have one order", ("severity",), ((directions, "ABOVE", _ONE_ORDER),)),
        Broken("a gap of the law may be filled", ("gap",), ((layers, "_names", _no_names),)),
        Broken("names are not looked at", ("reading_name",), ((proof, "plain", lambda _: True),)),
        Broken("anything may be added anywhere", ("claim_words", "sensitivity"), _accepting("layer_adds")),
        Broken(
            "a label of its own may be added",
            ("claim_words",),
            ((directions.Directions, "of_addition", _by_container),),
        ),
        Broken(
            "only the first year is compared",
            ("limit_by_date",),
            ((value_order, "_years", lambda *_: iter(("0000",))),),
        ),
        Broken("added readings put a verdict in doubt", ("reading",), ((Ruler, "beside", {}),)),
    )
