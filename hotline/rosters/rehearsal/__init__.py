"""What callers will meet by a roster, before they call."""
