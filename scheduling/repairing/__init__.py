"""Which single change closes a gap, and what does it cost everybody else?"""
