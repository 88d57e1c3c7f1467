"""What is wrong with what an operator set about accounts?"""

from collections.abc import Iterator
from typing import Final

from hotline.config.tables.accounts import Accounts

LENGTHS: Final = (
    *("session_hours", "idle_minutes", "volunteer_days", "invitation_days", "reset_hours"),
)
MOST_PROXIES: Final = 5


def about_accounts(accounts: Accounts) -> Iterator[str]:
    """One sentence each."""
    for name in LENGTHS:
        if not getattr(accounts, name) > 0:
            yield f"accounts.{name} must be more than 0, not {getattr(accounts, name)}."
    if not 0 <= accounts.proxies <= MOST_PROXIES:
        yield f"accounts.proxies must be from 0 to {MOST_PROXIES}, not {accounts.proxies}."
