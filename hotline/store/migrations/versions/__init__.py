"""One file a step; `hotline.store.migrate` walks them."""
