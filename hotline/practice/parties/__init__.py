"""Who is at the far end of a leg, and what do they do?"""
