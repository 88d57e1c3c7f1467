"""The coordinator's inbox in the same week as the volunteers' pages."""

from tests.hotline.console.me.conftest import ada, app, bo, dee, people, signed_in, store, watch

__all__ = ["ada", "app", "bo", "dee", "people", "signed_in", "store", "watch"]
