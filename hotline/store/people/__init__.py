"""Rows of who volunteers: certificates, telephones, calendars."""
