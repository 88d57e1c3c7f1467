"""Rows of what was counted: calls by half hour, days, weeks, forms."""
