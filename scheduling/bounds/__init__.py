"""How good a roster can be at best: bounds that are proven."""
