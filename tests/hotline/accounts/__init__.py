"""Tests of accounts, signing in and the trail."""
