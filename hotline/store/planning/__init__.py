"""Rows of rosters in the making: drafts, edits, builds, and the long work on them."""
