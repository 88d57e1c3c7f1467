"""What the carrier asks beside the caller's own wait: the views, one file a subject."""
