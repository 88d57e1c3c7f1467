"""The commands about the database as a whole, and the audit trail."""
