"""What the tests of this room stand on."""

from tests.hotline.console.supervision import app, sam, store, watch, youth

__all__ = ["app", "sam", "store", "watch", "youth"]
