"""How many calls are expected at each line, and how many people does that ask of each desk?"""
