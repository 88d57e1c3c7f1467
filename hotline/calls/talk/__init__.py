"""What happens in a conversation: the way into the room, in it, and out of it."""
