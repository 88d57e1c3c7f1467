"""Accounts: signing in, what is one's own, and who else has one."""
