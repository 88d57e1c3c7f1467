"""The coordinator's week: who works when, what is missing, and every change by hand."""
