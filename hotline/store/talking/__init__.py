"""Rows of conversations: who is in one, whom it was handed to, and what was written after it."""
