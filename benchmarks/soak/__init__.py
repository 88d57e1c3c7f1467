"""Whatever breaks: real processes, a real PostgreSQL, and one thing after another going wrong."""
