"""How a draft is built, accepted and published."""
