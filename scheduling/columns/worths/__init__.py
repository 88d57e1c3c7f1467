"""What one head is worth in each cell, and the bound it proves."""
