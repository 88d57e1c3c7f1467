"""What may a TwiML document say?"""
