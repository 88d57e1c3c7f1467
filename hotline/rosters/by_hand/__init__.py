"""How a draft is changed by hand."""
