"""Mutants of a small signed bundle: each alters one thing, and none of them may be verified.

`of_<subject>` name what is done to a bundle, `of_bytes` does it to every byte; `stays` holds what somebody may alter and
still have a verified bundle, each with the reason. Small size runs in `make test`, every byte in `make accept`.
"""
