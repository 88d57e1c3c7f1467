"""How fast calls are answered, and what no request may do."""
