"""The commands that need no HTTP; `webhooks.main` adds those that do."""

from hotline.cli.main import commands

__all__ = ["commands"]
