"""What boards and pages ask that are looked at all the time."""
