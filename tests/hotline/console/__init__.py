"""What people see of the hotline, in sentences that can fail."""
