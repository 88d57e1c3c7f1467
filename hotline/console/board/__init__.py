"""The board: who is on duty, who waits, and where people are missing."""
