"""What a supervisor sees of the lines, in sentences that can fail."""
