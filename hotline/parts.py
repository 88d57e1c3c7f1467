"""What a running hotline is made of; webhooks, pages and worker are handed one of these."""

from dataclasses import dataclass

from hotline.config.settings import Secrets, Settings
from hotline.ports import Clock
from hotline.store import Store


@dataclass(frozen=True)
class Parts:
    """The settings, the secrets, the database and the clock of one process."""

    settings: Settings
    secrets: Secrets
    store: Store
    clock: Clock
