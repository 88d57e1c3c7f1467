"""The same hotline as the accounts have."""

from tests.hotline.console.accounts.conftest import app, store, watch

__all__ = ["app", "store", "watch"]
