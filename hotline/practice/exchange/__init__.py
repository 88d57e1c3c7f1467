"""What does the carrier do with each leg, from moment to moment?"""
