"""How many people do the expected calls need?"""
