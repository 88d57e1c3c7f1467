"""Somebody asks to be forgotten: what there is of them is shown first, then it goes."""
