"""What a finished roster costs, changes and means, for people."""
