"""For whoever seeks help: what answers now, how to reach it, and a callback asked for by form."""
