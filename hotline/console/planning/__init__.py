"""From an empty week to a published one: building, gaps and repairs, comparing, rehearsing."""
