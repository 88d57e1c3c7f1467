"""The commands about callers, and what is owed to them."""
