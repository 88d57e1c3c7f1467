"""What callers left and were promised: messages to hear, callbacks to keep."""
