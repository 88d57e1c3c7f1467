"""Who must stand together in a shift, and how work is shared among people."""
