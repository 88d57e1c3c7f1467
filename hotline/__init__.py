"""What a hotline is and does. Knows no TwiML."""
