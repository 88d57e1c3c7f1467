"""Two people exchange duties, one gives theirs away, or somebody takes an open shift."""
