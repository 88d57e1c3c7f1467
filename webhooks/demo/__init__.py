"""The sample site at work on the practice carrier, with no account anywhere."""
