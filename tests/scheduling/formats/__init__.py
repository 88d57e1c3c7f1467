"""Other people's staffing problems."""
