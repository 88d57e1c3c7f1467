"""What becomes of calls: load, patience, chance, and the course of a day."""
