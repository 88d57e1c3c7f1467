"""What the pages of this room say and refuse."""
