"""Who else comes into a conversation: leads, experts, desks, partners, supervisors."""
