"""People: who there is, what they hold and can, what they work, and who is away."""
