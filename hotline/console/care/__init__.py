"""After a conversation: its form and note, and the follow-ups that are due."""
