"""Who comes instead: candidates, the search among them, and their answers."""
