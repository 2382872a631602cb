"""The bridges of a park, from its world: which boundaries, which classifications, and what could not be built."""

from verify.road.bridges.all import bridges

__all__ = ["bridges"]
