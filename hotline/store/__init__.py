"""All SQL lives here: named questions in, values out."""

from sqlmodel import Session

import hotline.store.tables  # noqa: F401 - the modules beside it find their tables by name
from hotline.store.sessions import Store

__all__ = ["Session", "Store"]
