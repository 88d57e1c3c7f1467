"""Which staffing problems of others can we read, and what is a roster of theirs worth?"""
