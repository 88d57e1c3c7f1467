"""What supervisors must know of: alarms, drills, and the nightly look back."""
