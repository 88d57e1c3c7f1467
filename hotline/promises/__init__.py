"""What callers were promised and what they left: callbacks and messages, from consent to kept."""
