"""What is expected of each coming step, by as much history as there is."""
