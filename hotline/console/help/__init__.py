"""For whoever seeks help: what answers now, a callback by form, cards, an API."""
