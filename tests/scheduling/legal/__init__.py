"""Tests of the rostering engine."""
