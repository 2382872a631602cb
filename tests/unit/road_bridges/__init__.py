"""Tests of verify.road.bridges."""
