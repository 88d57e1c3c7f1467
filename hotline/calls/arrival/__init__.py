"""A caller rings: which line it is, what it asks, and who has called before."""
