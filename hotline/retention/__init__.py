"""How long people's data are kept, and how they are erased."""
