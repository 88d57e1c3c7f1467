"""Numbered steps from an empty database to today's tables, up and down.

To add one: copy the last file of `versions/`, count on, say why on top, write `upgrade` and
`downgrade`; the drift test compares the outcome with `hotline.store.tables`.
"""
