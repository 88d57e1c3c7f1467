"""A volunteer's own pages, for a phone and one thumb."""
