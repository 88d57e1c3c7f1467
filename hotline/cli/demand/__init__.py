"""The commands about expected calls and coverage, and their pictures."""
