"""What an operator may set, and how it is read."""

from hotline.config.load import ConfigError, missing_for, secrets_from, settings_from
from hotline.config.settings import Secrets, Settings

__all__ = ["ConfigError", "Secrets", "Settings", "missing_for", "secrets_from", "settings_from"]
