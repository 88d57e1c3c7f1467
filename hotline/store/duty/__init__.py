"""Rows of who is on duty: published rosters, and everything that corrects them."""
