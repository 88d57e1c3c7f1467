"""What comes after a conversation: its note, its follow-up, and who may read of them."""
