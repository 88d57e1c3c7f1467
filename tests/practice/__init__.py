"""The practice carrier, against a scripted application."""
