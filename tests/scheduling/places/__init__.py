"""Where problems are solved."""
