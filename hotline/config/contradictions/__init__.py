"""What an operator set that cannot be so, subject by subject."""
