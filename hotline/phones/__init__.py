"""Volunteers and supervisors by telephone and text: coming, going, shifts, gaps, lines."""
