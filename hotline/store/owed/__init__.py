"""Rows of what is owed to callers: callbacks and messages, until each is kept."""
