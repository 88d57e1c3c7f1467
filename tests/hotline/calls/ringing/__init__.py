"""Tests of hotline.calls."""
