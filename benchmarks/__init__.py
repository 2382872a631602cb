"""Beside peers: ours and another way to the same end, interleaved in one run, told as a ratio."""
