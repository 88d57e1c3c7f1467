"""The commands about who is on duty, and what corrects it."""
