"""What the hotline promises, in sentences that can fail."""
