"""The honest exit, and where it leads."""
