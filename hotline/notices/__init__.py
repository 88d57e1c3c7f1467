"""What people are told outside of calls: by which way, in which words, and what came of it."""
