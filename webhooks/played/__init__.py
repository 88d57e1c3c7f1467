"""The real hotline with the practice carrier on a stopped clock, and what came of it."""
