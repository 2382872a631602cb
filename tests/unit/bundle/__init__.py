"""Bundles: the container, its members, its digests."""
