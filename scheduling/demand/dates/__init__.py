"""What kind of day it is: holidays, seasons, and how usual weeks fall."""
