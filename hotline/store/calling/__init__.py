"""Rows of calls and their legs: from a caller's first ring to the one outcome."""
