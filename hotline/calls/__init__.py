"""What happens between a caller's first ring and the one outcome of the call."""
