"""Use cases of the roster: ask, build a draft, publish it."""
