"""Rosters of many weeks."""
