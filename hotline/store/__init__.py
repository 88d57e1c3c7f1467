"""All SQL lives here: named questions in, values out."""

import hotline.store.tables  # noqa: F401 - the modules beside it find their tables by name
from hotline.store.sessions import Session, Store

__all__ = ["Session", "Store"]
