"""What may follow what in one person's weeks, and what of it is priced."""
