"""One person's cheapest roster: walks over the days, plain and compiled."""
