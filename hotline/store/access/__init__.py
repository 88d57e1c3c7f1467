"""Rows of who may see the pages, and of what they changed there."""
