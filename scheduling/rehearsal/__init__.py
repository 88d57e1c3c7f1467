"""The night before it comes: made-up callers played against a roster."""
