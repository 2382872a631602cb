"""Text to typed values, one small module per kind. Every reading ends in a value or a `Fault`; nothing is guessed."""

from verify.submission.coerce.faults import Fault

__all__ = ["Fault"]
