"""The practice carrier's REST interface."""
