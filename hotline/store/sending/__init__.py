"""Rows of what must go out: orders to the carrier, notices, alarms, calls of ours."""
