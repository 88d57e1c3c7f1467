"""The commands about rosters, and how weeks, gaps and repairs are told."""
