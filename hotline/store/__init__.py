"""All SQL lives here: named questions in, values out."""

from sqlmodel import Session

from hotline.store.sessions import Store

__all__ = ["Session", "Store"]
