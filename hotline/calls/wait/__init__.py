"""What happens while a caller waits, from visit to visit."""
