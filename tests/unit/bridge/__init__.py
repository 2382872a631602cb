"""Tests of verify.bridge."""
