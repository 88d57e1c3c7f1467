"""A question in, a roster out: pure, with no database, no web and no clock of its own."""
