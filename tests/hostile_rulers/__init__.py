"""Rulers written to hurt whoever loads them (issue 4 of 8, must show 4)."""
