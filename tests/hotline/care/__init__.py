"""What comes after a conversation, in sentences that can fail."""
